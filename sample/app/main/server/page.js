/** The one page: a card for each feature, and at its foot which release this is. */
export function page(release, features, assets, now) {
  const { environment, sha, ref, number } = release;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Harbor · ${environment}</title>
<link rel="stylesheet" href="/web/${assets['style.css']}">
<header class="${environment}">
  <img src="/web/${assets['logo.svg']}" alt="" width="40" height="40">
  <h1>Harbor</h1>
  <p>${environment}</p>
</header>
<main>
${features.map((feature) => card(feature, now)).join('\n')}
</main>
<footer>
  <p>Release ${escape(number)}: ${escape(ref)} at <code>${sha.slice(0, 8)}</code> · <a href="/health">health</a></p>
</footer>
`;
}

const card = (feature, now) => `<section>
  <h2>${feature.title}</h2>
  ${feature.card(feature.data(now))}
</section>`;

const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
