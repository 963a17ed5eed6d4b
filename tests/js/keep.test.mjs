// starwise/keep: waiting for an instant, following a score, keeping and forgetting a ledger. The ledger of these tests is a set of
// events, so that a lost one shows; tests/browser/keep.test.mjs keeps real ones.
import "./keep/clock.mjs";
import "./keep/changes.mjs";
import "./keep/kept-ledger.mjs";
import "./keep/tabs.mjs";
import "./keep/forget.mjs";
