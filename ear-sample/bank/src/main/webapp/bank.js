'use strict';

const REFRESH_MS = 1500;
const MOST_ROWS = 50;
const LOOKS = {
  DEDUCTED: 'good', CREDITED: 'good', committed: 'good',
  FROZEN: 'wait', PENDING: 'wait', 'under way': 'wait', waiting: 'wait',
  UNFROZEN: 'off', DROPPED: 'off', 'rolled back': 'off',
};

const byId = (id) => document.getElementById(id);

function element(name, text, look) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (look) made.className = look;
  return made;
}

function row(...cells) {
  const made = element('tr');
  made.append(...cells);
  return made;
}

function cell(content, look) {
  const made = element('td', undefined, look);
  made.append(content);
  return made;
}

function money(text) {
  const [whole, cents] = text.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + '.' + cents;
}

function cents(text) {
  return BigInt(text.replace('.', ''));
}

function chip(state) {
  return state ? element('span', state, 'chip ' + (LOOKS[state] || 'off')) : element('span', '\u2013', 'quiet');
}

/** Changes the choices only when they changed, so that the page does not take a choice back while it is made. */
function choices(select, ids) {
  const now = Array.from(select.options, (option) => option.value);
  if (ids.length === 0 || ids.join() === now.join()) return;
  const chosen = select.value;
  select.replaceChildren(...ids.map((id) => new Option(id, id)));
  if (ids.includes(chosen)) select.value = chosen;
}

function showParties(side, parties, table, toRow) {
  byId(side.down).hidden = side.data.reachable;
  byId(table).hidden = !side.data.reachable;
  byId(table).tBodies[0].replaceChildren(...side.data[parties].map(toRow));
}

/** One line for each transfer that anybody knows of: the newest first. */
function lines(overview) {
  const found = new Map();
  const line = (id) => {
    if (!found.has(id)) found.set(id, {id});
    return found.get(id);
  };
  overview.waiting.forEach((id) => { line(id).waiting = true; });
  for (const operation of overview.account.operations) {
    const one = line(operation.transfer);
    if (one.account) continue;
    Object.assign(one, {account: operation.state, customer: operation.account, amount: operation.amount});
  }
  for (const operation of overview.merchant.operations) {
    const one = line(operation.transfer);
    if (one.credit) continue;
    Object.assign(one, {credit: operation.state, merchant: operation.merchant, amount: operation.amount});
  }
  for (const transfer of overview.transfers) Object.assign(line(transfer.id), transfer, {committed: true});
  return Array.from(found.values()).slice(0, MOST_ROWS);
}

function bankState(line) {
  if (line.committed) return 'committed';
  if (line.waiting) return 'waiting';
  return line.account === 'FROZEN' || line.credit === 'PENDING' ? 'under way' : 'rolled back';
}

function transferRow(line) {
  const id = cell(line.id);
  id.title = line.lra ? line.id + '\nLRA ' + line.lra : line.id;
  const state = cell(chip(bankState(line)));
  if (line.waiting) {
    const go = element('button', 'Go', 'small');
    go.type = 'button';
    go.addEventListener('click', () => fetch('api/transfers/' + encodeURIComponent(line.id) + '/go', {method: 'POST'}).finally(refresh));
    state.append(go);
  }
  return row(id, cell(line.customer || '\u2013'), cell(line.merchant || '\u2013'),
    cell(line.amount ? money(line.amount) : '\u2013', 'number'), state, cell(chip(line.account)), cell(chip(line.credit)));
}

function total(overview) {
  if (!overview.account.reachable || !overview.merchant.reachable) return '\u2013';
  const sum = [...overview.account.accounts, ...overview.merchant.merchants]
    .reduce((all, party) => all + cents(party.balance), 0n).toString().padStart(3, '0');
  return money(sum.slice(0, -2) + '.' + sum.slice(-2));
}

function show(overview) {
  const {account, merchant} = overview;
  showParties({down: 'account-down', data: account}, 'accounts', 'customers', (party) => row(
    cell(party.id), cell(money(party.balance), 'number'),
    cell(money(party.frozen), party.frozen === '0.00' ? 'number' : 'number frozen')));
  showParties({down: 'merchant-down', data: merchant}, 'merchants', 'merchants', (party) => row(
    cell(party.id), cell(money(party.balance), 'number')));
  byId('limits').tBodies[0].replaceChildren(...overview.limits.map((limit) => row(
    cell(limit.customer), cell(money(limit.used), 'number'),
    cell(money(limit.reserved), limit.reserved === '0.00' ? 'number' : 'number frozen'), cell(money(limit.most), 'number'))));
  const form = byId('transfer');
  choices(form.elements.customer, account.accounts.map((party) => party.id));
  choices(form.elements.merchant, merchant.merchants.map((party) => party.id));
  byId('total').textContent = total(overview);
  const all = lines(overview);
  byId('transfers').tBodies[0].replaceChildren(...all.map(transferRow));
  byId('none').hidden = all.length > 0;
}

/** The answer that the page shows; the same once more changes nothing, so that a button keeps its focus. */
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

async function transfer(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  const order = {
    customer: form.elements.customer.value, merchant: form.elements.merchant.value,
    amount: form.elements.amount.value.trim(), fault: form.elements.fault.value,
    waitForGo: form.elements.waitForGo.checked,
  };
  button.disabled = true;
  tell(order.waitForGo ? 'Under way. Say go in the list below.' : 'Under way\u2026', 'wait');
  try {
    const answer = await fetch('api/transfers', {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(order),
    });
    if (answer.ok) {
      const done = await answer.json();
      tell(money(done.amount) + ' from ' + done.customer + ' to ' + done.merchant + ': committed.', 'good');
    } else {
      tell(await errorOf(answer), 'bad');
    }
  } catch (error) {
    tell('The bank did not answer; the list shows what was decided.', 'bad');
  } finally {
    button.disabled = false;
    refresh();
  }
}

byId('transfer').addEventListener('submit', transfer);
refreshForEver();
