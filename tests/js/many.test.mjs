// Many customers at once against one by one: columns and NDJSON, whole and in chunks.
import "./many/random.mjs";
import "./many/large.mjs";
import "./many/columns.mjs";
import "./many/batch.mjs";
