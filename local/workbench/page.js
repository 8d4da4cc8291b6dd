// Sends what is clicked, and asks for the page again every two seconds while somebody looks at it.
const status = document.querySelector('#status');

async function send(path, body) {
  const headers = { 'x-local': '1', 'content-type': 'application/json' };
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  status.textContent = answer.ok ? '' : (await answer.json()).error;
  await show('section');
}

async function show(sections) {
  const answer = await fetch('.');
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const section of document.querySelectorAll(sections)) {
    const id = section.getAttribute('aria-labelledby');
    const newer = fresh.querySelector(`section[aria-labelledby="${id}"]`);
    if (newer && newer.innerHTML !== section.innerHTML && !section.contains(document.activeElement)) {
      section.replaceChildren(...newer.childNodes);
    }
  }
}

document.addEventListener('change', (event) => {
  const provider = event.target.dataset.provider;
  if (!provider) return;
  const fault = event.target.value;
  event.target.blur();
  send(`providers/${provider}`, { fault });
});

document.addEventListener('click', (event) => {
  const session = event.target.dataset.session;
  if (!session) return;
  event.target.blur();
  send(`sessions/${session}/expire`, {});
});

setInterval(() => document.hidden || show('section[data-live]').catch(() => {
  status.textContent = 'The stack does not answer.';
}), 2000);
