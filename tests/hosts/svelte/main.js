import { Ledger, Model } from "starwise";
import { mount } from "svelte";
import App from "./App.svelte";
import { rules } from "./rules.js";

mount(App, { target: document.querySelector("#app"), props: { ledger: new Ledger(new Model(rules)) } });
