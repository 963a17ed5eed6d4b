// The package under measurement: the built one, or the one that $STARWISE_PKG names.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { model } from "./workload.mjs";

const { STARWISE_PKG } = process.env;
export const folder = STARWISE_PKG
  ? pathToFileURL(`${resolve(STARWISE_PKG)}/`)
  : new URL("../../pkg/", import.meta.url);

const { Model } = await import(new URL("index.node.js", folder));
export const starwise = new Model(model);
