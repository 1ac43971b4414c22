export const path = '/api/arrivals';
export const title = 'Expected';
export const position = 3;

const pilotsList = [
  { ship: 'Meridian', from: 'Esbjerg', inHours: 3 },
  { ship: 'Sølvpil', from: 'Bergen', inHours: 9 },
  { ship: 'Grace Darling', from: 'Amble', inHours: 21 },
  { ship: 'Nordstern', from: 'Kiel', inHours: 30 },
];

export const data = () => ({ arrivals: pilotsList.slice(0, 3) });

export const card = ({ arrivals }) => `<ul>
${arrivals.map(({ ship, from, inHours }) => `<li>${ship} from ${from}, in ${inHours} h`).join('\n')}
</ul>`;
