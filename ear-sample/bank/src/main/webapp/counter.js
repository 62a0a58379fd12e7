import {byId, cell, chip, money, refreshing, row, sending} from './page.js';

const REFRESH_MS = 1500;
const LOOKS = {
  FROZEN: 'wait', CREDITED: 'good', DEDUCTED: 'good', UNFROZEN: 'off', REFUSED: 'bad', UNFREEZING_FAILED: 'bad',
};
const SHORT = {REFUSED: 'account closed', UNFREEZING_FAILED: 'unfreezing failed'};

/** One chip for each step; failures that follow one another are counted. */
function steps(payment) {
  const chips = [];
  for (const step of payment.steps) {
    const last = chips[chips.length - 1];
    if (last && last.step === step.step) last.times += 1;
    else chips.push({...step, times: 1});
  }
  return chips.flatMap((one) => {
    const text = SHORT[one.step] || one.text;
    const made = chip(one.times > 1 ? text + ' \u00d7 ' + one.times : text, LOOKS[one.step]);
    made.title = one.text;
    return [made, ' '];
  });
}

function paymentRow(payment) {
  const id = cell(payment.id);
  id.title = payment.id;
  return row(id, cell(payment.customer), cell(payment.merchant), cell(money(payment.amount), 'number'), cell(steps(payment)));
}

function choices(select, accounts) {
  if (select.options.length === 0) select.replaceChildren(...accounts.map((account) => new Option(account.id, account.id)));
}

function show(counter) {
  const customers = counter.accounts.filter((account) => account.side === 'CUSTOMER');
  const merchants = counter.accounts.filter((account) => account.side === 'MERCHANT');
  byId('customers').tBodies[0].replaceChildren(...customers.map((account) => row(
    cell(account.id), cell(money(account.balance), 'number'),
    cell(money(account.frozen), account.frozen === '0.00' ? 'number' : 'number frozen'))));
  byId('merchants').tBodies[0].replaceChildren(...merchants.map((account) => row(
    cell(account.id), cell(money(account.balance), 'number'))));
  const form = byId('payment');
  choices(form.elements.customer, customers);
  choices(form.elements.merchant, merchants);
  byId('payments').tBodies[0].replaceChildren(...counter.payments.map(paymentRow));
  byId('none').hidden = counter.payments.length > 0;
  byId('alarms').tBodies[0].replaceChildren(...counter.alarms.map((alarm) => row(
    cell(alarm.participant), cell(alarm.decision + (alarm.refused ? ', refused' : '')), cell(alarm.cause), cell(String(alarm.attempts), 'number'))));
  byId('alarms').hidden = counter.alarms.length === 0;
  byId('quiet').hidden = counter.alarms.length > 0;
}

const refresh = refreshing('api/counter', REFRESH_MS, show);

sending(byId('payment'), 'api/counter/payments', {
  what: (fields) => ({
    customer: fields.customer.value, merchant: fields.merchant.value,
    amount: fields.amount.value.trim(), fault: fields.fault.value,
  }),
  done: (payment) => money(payment.amount) + ' from ' + payment.customer + ' to ' + payment.merchant + ': paid.',
  refused: (error) => error + '. Nothing is paid.',
  silent: 'The counter did not answer; the list shows what was done.',
  refresh,
});
