// Adds to the policy of the page, from here on.
export function restrict(content) {
  document.head.append(Object.assign(document.createElement("meta"), { httpEquiv: "Content-Security-Policy", content }));
}
