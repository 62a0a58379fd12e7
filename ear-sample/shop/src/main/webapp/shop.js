import {byId, cell, chip, money, refreshing, row, sending} from './page.js';

const REFRESH_MS = 1000;
const MOST_ROWS = 100;
const LOOKS = {COMPLETED: 'good', PLACED: 'wait', CANCELLED: 'off'};

function orderRow(order) {
  const id = cell(order.id);
  id.title = order.id;
  return row(id, cell(order.customer), cell(order.mode), cell(money(order.amount), 'number'),
    cell(chip(order.state, LOOKS[order.state])), cell(order.reason));
}

function show(overview) {
  byId('accounts').tBodies[0].replaceChildren(...overview.accounts.map((account) => row(
    cell(account.id), cell(account.mode), cell(money(account.balance), 'number'))));
  byId('orders').tBodies[0].replaceChildren(...overview.orders.slice(0, MOST_ROWS).map(orderRow));
  byId('dead').textContent = overview.deadLetters;
  byId('none').hidden = overview.orders.length > 0;
}

const refresh = refreshing('api/overview', REFRESH_MS, show);

sending(byId('order'), 'api/orders', {
  what: (fields) => ({
    customer: fields.customer.value, mode: fields.mode.value, amount: fields.amount.value.trim(), fault: fields.fault.value,
  }),
  done: (placed) => 'Order ' + placed.id + ' is placed; the list shows what becomes of it.',
  silent: 'The shop did not answer; the list shows what was decided.',
  refresh,
});
