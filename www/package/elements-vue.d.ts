/**
 * The elements in Vue's templates: `import type {} from "starwise/elements/vue"` once in a project.
 *
 * Vue has to be told that they are elements: `compilerOptions.isCustomElement: (tag) => tag.startsWith("starwise-")`.
 *
 * @packageDocumentation
 */

import type { HTMLAttributes } from "vue";
import type { ElementProperties, StarwiseEventMap, StarwiseTagNameMap } from "./elements.js";

/** `@starwise-dismiss` and so on, as properties of a template. */
type Listeners = { [Name in keyof StarwiseEventMap as Name extends `starwise-${infer What}` ? `onStarwise${Capitalize<What>}` : never]?: (event: StarwiseEventMap[Name]) => void };

/** What stands for the elements among a project's components. */
export type StarwiseComponents = {
  [Name in keyof StarwiseTagNameMap]: new () => StarwiseTagNameMap[Name] & {
    /** @deprecated for type checking only */
    $props: ElementProperties<Name> & Listeners & Omit<HTMLAttributes, keyof ElementProperties<Name>>;
  };
};

declare module "vue" {
  interface GlobalComponents extends StarwiseComponents {}
}

export {};
