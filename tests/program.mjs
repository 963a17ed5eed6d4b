// Programs of this machine, by name.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of these names that $PATH has; undefined where it has none. */
export function programOf(names) {
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find(isExecutable);
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
