import { Ledger, Model } from "starwise";
import { createApp } from "vue";
import App from "./App.vue";
import { rules } from "./rules.js";

createApp(App, { ledger: new Ledger(new Model(rules)) }).mount("#app");
