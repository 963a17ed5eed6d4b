/* The pretend team of Taskwise, ranked with the user among them. */

const MATES = [
  { id: "ada", label: "Ada", score: 71.5 },
  { id: "ben", label: "Ben", score: 48 },
  { id: "chidi", label: "Chidi", score: 33.5 },
  { id: "dana", label: "Dana", score: 17 },
  { id: "eli", label: "Eli", score: 4.5 },
];

/** The leaderboard of now, with how it differs from yesterday's. */
export function teamBoard(leaderboard, { name, score, yesterday }) {
  const ranked = (own, options) => leaderboard([...MATES, { id: "you", label: `${name} (you)`, score: own }], options);
  return ranked(Math.max(0, score), { around: "you", top: MATES.length + 1, previous: ranked(Math.max(0, yesterday)) });
}
