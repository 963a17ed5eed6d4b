/**
 * The elements in JSX, for React 19 and later: `import type {} from "starwise/elements/react"` once in a project.
 *
 * @example
 * ```tsx
 * import "starwise/elements/define";
 * import type {} from "starwise/elements/react";
 * const Rating = ({ value }: { value: number }) => <starwise-stars value={value}>{value} of 5 stars</starwise-stars>;
 * ```
 * @packageDocumentation
 */

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ElementProperties, StarwiseEventMap, StarwiseTagNameMap } from "./elements.js";

type Listeners = { [Name in keyof StarwiseEventMap as `on${Name}`]?: (event: StarwiseEventMap[Name]) => void };

/** The elements and what they take, beside what every HTML element takes. */
export type StarwiseIntrinsicElements = {
  [Name in keyof StarwiseTagNameMap]: DetailedHTMLProps<
    Omit<HTMLAttributes<StarwiseTagNameMap[Name]>, keyof ElementProperties<Name>>, StarwiseTagNameMap[Name]
  > & { class?: string | undefined } & ElementProperties<Name> & Listeners;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends StarwiseIntrinsicElements {}
  }
}

export {};
