import {byId, cell, chip, refreshing, row, sending} from './page.js';

const REFRESH_MS = 1500;

/** One chip for each step; an undo is marked by its look and by an arrow. */
function steps(order) {
  return order.steps.flatMap((step) => [
    chip((step.undone ? '\u21a9 ' : '') + step.text, step.undone ? 'off' : 'good'), ' ',
  ]);
}

function show(store) {
  const items = Object.entries(store.stock);
  byId('stock').tBodies[0].replaceChildren(...items.map(([item, pieces]) => row(cell(item), cell(String(pieces), 'number'))));
  const select = byId('order').elements.namedItem('item');
  if (select.options.length === 0) select.replaceChildren(...items.map(([item]) => new Option(item, item)));
  byId('orders').tBodies[0].replaceChildren(...store.orders.map((order) => row(cell(order.id), cell(steps(order)))));
  byId('none').hidden = store.orders.length > 0;
}

const refresh = refreshing('api/store', REFRESH_MS, show);

sending(byId('order'), 'api/store/orders', {
  what: (fields) => {
    const pieces = fields.pieces.value.trim();
    return {
      item: fields.namedItem('item').value, failAt: fields.failAt.value,
      pieces: /^\d+$/.test(pieces) ? Number(pieces) : pieces,
    };
  },
  done: (order) => 'Done: ' + order.id,
  refused: (error) => error + '. What was done is being undone.',
  silent: 'The store did not answer; the list shows what was done.',
  refresh,
});
