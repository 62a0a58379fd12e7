package io.holdfast.tests.tcc.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** Lets the test order and transfer, look, end a long try, and open or close the gate; also the service that is told by HTTP. */
@WebServlet(urlPatterns = "/shop", loadOnStartup = 1)
public class ShopServlet extends HttpServlet {
    @Inject
    private transient Shop shop;

    @Inject
    private transient Callers callers;

    @Inject
    private transient OwnTransactionCaller ownTransactions;

    @Inject
    private transient LateCaller late;

    @Inject
    private transient OrderSender messages;

    @Inject
    private transient Merchant merchant;

    @Inject
    private transient Stock stock;

    @Inject
    private transient Fulfilment fulfilment;

    @Inject
    private transient ImpatientCaller impatient;

    @Inject
    private transient Transfers transfers;

    @Inject
    private transient Accounts accounts;

    @Inject
    private transient RaisedAlarms alarms;

    @Inject
    private transient Book book;

    @Override
    public void init() {
        book.create();
        accounts.create();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String key = request.getParameter("key");
        Order order = Order.of(key, Order.Ending.valueOf(request.getParameter("ending")));
        response.setContentType("text/plain");
        try {
            switch (request.getParameter("by")) {
                case "ejb" -> shop.order(order);
                case "cdi" -> callers.announce(order);
                case "own" -> ownTransactions.order(order);
                case "timer" -> late.orderSoon(key);
                case "message" -> messages.send(key);
                case "stock" -> stock.reserve(key);
                case "global" -> callers.reserveBoth(order);
                case "flow" -> fulfilment.fulfil(order);
                case "impatient" -> impatient.order(order);
                case "impatient-transfer" -> impatient.transfer(order);
                case "transfer" -> transfers.transfer(order);
                case "transfer-alone" -> transfers.transferAlone(order);
                case "carrier" -> callers.bookPickup(order);
                case "carrier-slot" -> callers.holdSlot(order);
                case "nobody" -> merchant.announce(order);
                default -> shop.enlist(order, URI.create(request.getRequestURL().toString()));
            }
            response.getWriter().print("done");
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            response.getWriter().print(e + " <- " + cause);
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) {
        if (request.getParameter("gate") != null) {
            Gate.close(request.getParameter("gate").equals("closed"));
        } else if (request.getParameter("end") != null) {
            LongTries.end(request.getParameter("end"));
        } else {
            callers.write(request.getParameter("key"), request.getParameter("tell"));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(found(request));
    }

    private String found(HttpServletRequest request) {
        if (request.getParameter("accounts") != null) {
            return accounts.read();
        }
        if (request.getParameter("carrier") != null) {
            return String.join("\n", Carrier.told(request.getParameter("carrier")));
        }
        return String.join(
                "\n",
                request.getParameter("alarms") == null
                        ? book.read(request.getParameter("key"))
                        : alarms.of(request.getParameter("alarms")));
    }
}
