/* The entries that have nothing but types. */
export {};
