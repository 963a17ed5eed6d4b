import { Ledger, Model } from "starwise";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { App } from "./app.jsx";
import { rules } from "./rules.js";

const ledger = new Ledger(new Model(rules));
ledger.add({ type: "visit", time: Date.now() });
console.log(renderToString(createElement(App, { ledger })).replaceAll("<!-- -->", ""));
