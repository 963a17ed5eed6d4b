// A ledger against the definition, which is scoring the united history; what it refuses, and its life.
import "./ledger/united.mjs";
import "./ledger/compacted.mjs";
import "./ledger/asked.mjs";
import "./ledger/zones.mjs";
import "./ledger/rebased.mjs";
import "./ledger/refused.mjs";
import "./ledger/life.mjs";
