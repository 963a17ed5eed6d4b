// The package on a page in the browsers that take long to install: `make browsers`. Chromium is in runtimes.test.mjs.
import { firefox, webkit } from "./drivers.mjs";
import { testBrowser } from "./page.mjs";

testBrowser("Firefox", firefox);

testBrowser("WebKit", webkit);
