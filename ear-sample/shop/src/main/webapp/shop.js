'use strict';

const REFRESH_MS = 1000;
const MOST_ROWS = 100;
const LOOKS = {COMPLETED: 'good', PLACED: 'wait', CANCELLED: 'off'};

const byId = (id) => document.getElementById(id);

function cell(content, look) {
  const made = document.createElement('td');
  if (look) made.className = look;
  made.append(content);
  return made;
}

function row(...cells) {
  const made = document.createElement('tr');
  made.append(...cells);
  return made;
}

function money(text) {
  const [whole, cents] = text.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + '.' + cents;
}

function chip(state) {
  const made = document.createElement('span');
  made.className = 'chip ' + LOOKS[state];
  made.textContent = state;
  return made;
}

function orderRow(order) {
  const id = cell(order.id);
  id.title = order.id;
  return row(id, cell(order.customer), cell(order.mode), cell(money(order.amount), 'number'),
    cell(chip(order.state)), cell(order.reason));
}

function show(overview) {
  byId('accounts').tBodies[0].replaceChildren(...overview.accounts.map((account) => row(
    cell(account.id), cell(account.mode), cell(money(account.balance), 'number'))));
  byId('orders').tBodies[0].replaceChildren(...overview.orders.slice(0, MOST_ROWS).map(orderRow));
  byId('dead').textContent = overview.deadLetters;
  byId('none').hidden = overview.orders.length > 0;
}

/** The answer that the page shows; the same once more changes nothing. */
let shown = '';

async function refresh() {
  try {
    const answer = await fetch('api/overview', {cache: 'no-store'});
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

async function errorOf(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text).error || text;
  } catch (error) {
    return text || 'HTTP ' + answer.status;
  }
}

async function order(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  const wanted = {
    customer: form.elements.customer.value, mode: form.elements.mode.value,
    amount: form.elements.amount.value.trim(), fault: form.elements.fault.value,
  };
  button.disabled = true;
  try {
    const answer = await fetch('api/orders', {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(wanted),
    });
    if (answer.ok) {
      const placed = await answer.json();
      tell('Order ' + placed.id + ' is placed; the list shows what becomes of it.', 'good');
    } else {
      tell(await errorOf(answer), 'bad');
    }
  } catch (error) {
    tell('The shop did not answer; the list shows what was decided.', 'bad');
  } finally {
    button.disabled = false;
    refresh();
  }
}

byId('order').addEventListener('submit', order);
refreshForEver();
