import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, data } from '../server/features/berths.js';

test('every berth is on the card', () => {
  const berths = data();
  assert.equal(berths.ships.length, 5);
  for (const { berth } of berths.ships) assert.match(card(berths), new RegExp(`<th>${berth}`));
});
