'use strict';

const REFRESH_MS = 1500;

const byId = (id) => document.getElementById(id);

function element(name, text, look) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (look) made.className = look;
  return made;
}

function row(...contents) {
  const made = element('tr');
  for (const content of contents) {
    const cell = element('td');
    cell.append(...[content].flat());
    made.append(cell);
  }
  return made;
}

/** One chip for each step; an undo is marked by its look and by an arrow. */
function steps(order) {
  return order.steps.flatMap((step) => [
    element('span', (step.undone ? '\u21a9 ' : '') + step.text, 'chip ' + (step.undone ? 'off' : 'good')), ' ',
  ]);
}

function show(store) {
  const items = Object.entries(store.stock);
  byId('stock').tBodies[0].replaceChildren(...items.map(([item, pieces]) => {
    const made = row(item, String(pieces));
    made.lastChild.className = 'number';
    return made;
  }));
  const select = byId('order').elements.namedItem('item');
  if (select.options.length === 0) select.replaceChildren(...items.map(([item]) => new Option(item, item)));
  byId('orders').tBodies[0].replaceChildren(...store.orders.map((order) => row(order.id, steps(order))));
  byId('none').hidden = store.orders.length > 0;
}

/** The answer that the page shows; the same once more changes nothing. */
let shown = '';

async function refresh() {
  try {
    const answer = await fetch('api/store', {cache: 'no-store'});
    if (!answer.ok) throw new Error('HTTP ' + answer.status);
    const text = await answer.text();
    if (text !== shown) show(JSON.parse(text));
    shown = text;
    byId('offline').hidden = true;
  } catch (error) {
    byId('offline').hidden = false;
  }
}

async function refreshForEver() {
  await refresh();
  setTimeout(refreshForEver, REFRESH_MS);
}

function tell(text, look) {
  const result = byId('result');
  result.textContent = text;
  result.className = 'result ' + look;
  result.hidden = false;
}

async function order(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  const pieces = form.elements.pieces.value.trim();
  button.disabled = true;
  try {
    const answer = await fetch('api/store/orders', {
      method: 'POST', headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({
        item: form.elements.namedItem('item').value, failAt: form.elements.failAt.value,
        pieces: /^\d+$/.test(pieces) ? Number(pieces) : pieces,
      }),
    });
    const text = await answer.text();
    if (answer.ok) tell('Done: ' + JSON.parse(text).id, 'good');
    else tell(JSON.parse(text).error + '. What was done is being undone.', 'bad');
  } catch (error) {
    tell('The store did not answer; the list shows what was done.', 'bad');
  } finally {
    button.disabled = false;
    refresh();
  }
}

byId('order').addEventListener('submit', order);
refreshForEver();
