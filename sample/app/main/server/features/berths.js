export const path = '/api/berths';
export const title = 'Berths';
export const position = 2;

const ships = [
  { berth: 'East 1', ship: 'Aurora', until: 'sailed' },
  { berth: 'East 2', ship: 'Karin Høj', until: 'Friday' },
  { berth: 'West 1', ship: 'Bonaventure', until: 'tomorrow' },
  { berth: 'West 2', ship: null, until: null },
  { berth: 'Mole', ship: 'Two Brothers', until: 'the next tide' },
];

export const data = () => ({
  free: ships.filter(({ ship }) => ship === null || ship === 'Aurora').length,
  ships: ships.toSorted((a, b) => a.berth.localeCompare(b.berth)),
});

export const card = ({ free, ships }) => `<table>
${ships.map(({ berth, ship, until }) => `<tr><th>${berth}<td>${ship ?? 'free'}<td>${until ?? ''}`).join('\n')}
</table>
<p>${free} free</p>`;
