package io.holdfast.sample.shop;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.sample.shop.Centres.Centre;
import io.holdfast.sample.shop.OrderRequest.Fault;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.List;

/** The account centre: debits, and answers. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class AccountDesk {
    @EJB
    private Centres centres;

    /**
     * Debits the account and tells the order centre so, both or neither.
     *
     * @throws NotDebitedException when the account cannot be debited, however often it is tried
     */
    public void debit(Mode mode, Message message) {
        try {
            debit(mode, (TextMessage) message);
        } catch (JMSException e) {
            throw new EJBException(e);
        }
    }

    private void debit(Mode mode, TextMessage message) throws JMSException {
        Debit debit = Debit.parse(message.getText());
        Centre centre = centres.accounts(mode);
        centre.database().run(connection -> {
            new AccountTable(connection).debit(debit.account(), debit.amount());
            return debit;
        });
        String id = message.getStringProperty(OutgoingMessage.ID_PROPERTY);
        centre.sender()
                .send(OutgoingMessage.to(mode.outcomes(), message.getText())
                        .withId(id + ":done")
                        .inOrderOf(debit.account()));
        Fault fault = Fault.parse(message.getStringProperty(OrderDesk.FAULT));
        if (fault == Fault.EACH_DEBIT || (fault == Fault.FIRST_DEBIT && !message.getJMSRedelivered())) {
            throw new IllegalStateException("The debit of order " + debit.order() + " breaks on request");
        }
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Account> accounts(Mode mode) {
        return centres.accounts(mode).database().run(connection -> new AccountTable(connection).accounts());
    }
}
