import { Ledger, Model } from "starwise";
import { render } from "svelte/server";
import App from "./App.svelte";
import { rules } from "./rules.js";

const ledger = new Ledger(new Model(rules));
ledger.add({ type: "visit", time: Date.now() });
console.log((await render(App, { props: { ledger } })).body);
