import { promisify } from "node:util";
import webpack from "webpack";
import configurations from "./webpack.config.js";

const stats = await promisify(webpack)(configurations);
if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
