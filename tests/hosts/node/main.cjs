// CommonJS, where Node has `require` of ES modules: 20.19, 22.12 and newer.
const { Ledger, Model } = require("starwise");

import("./fingerprint.js").then(({ fingerprint }) => console.log(fingerprint({ Ledger, Model })));
