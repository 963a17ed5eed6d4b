import { Ledger, Model } from "starwise";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import App from "./App.vue";
import { rules } from "./rules.js";

const ledger = new Ledger(new Model(rules));
ledger.add({ type: "visit", time: Date.now() });
console.log(await renderToString(createSSRApp(App, { ledger })));
