import { Ledger, Model } from "starwise";
import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.jsx";
import { rules } from "./rules.js";

const ledger = new Ledger(new Model(rules));
createRoot(document.querySelector("#app")).render(createElement(StrictMode, null, createElement(App, { ledger })));
