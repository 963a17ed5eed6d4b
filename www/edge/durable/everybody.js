/* All customers together, over the objects that know a part of them each. */

/** Of so many registers a page is put together: members of a rare audience lie far apart. */
const REGISTERS_A_PAGE = 50;

/** The one object that leads a census. */
export function censusIn({ CENSUS }) {
  return CENSUS.get(CENSUS.idFromName("census"));
}

/** The register of a number. */
export function registerIn({ REGISTERS }, shard) {
  return REGISTERS.get(REGISTERS.idFromName(`shard-${shard}`));
}

/** What `core/census.js` asks for. */
export function everybodyIn(environment, { shards, censusPage }) {
  const begin = ({ version, needsBaseline }, at, isNew) => censusIn(environment).start({ at, shards, page: censusPage, version, needsBaseline, isNew });
  return {
    start: (rules, at) => begin(rules, at, true),
    /** By the clock: one that is under way goes on. */
    goOn: (rules, at) => begin(rules, at, false),
    read: () => censusIn(environment).read(),
    async members(id, { shard, name }, limit) {
      const customers = [];
      let place = { shard, name };
      for (let asked = 0; asked < REGISTERS_A_PAGE && place.shard < shards; asked += 1) {
        const found = await registerIn(environment, place.shard).members(id, place.name, limit - customers.length);
        customers.push(...found);
        if (customers.length === limit) return { customers, next: { shard: place.shard, name: found.at(-1).customer } };
        place = { shard: place.shard + 1, name: "" };
      }
      return { customers, next: place.shard < shards ? place : null };
    },
  };
}
