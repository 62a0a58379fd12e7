package io.holdfast.tests.tcc;

import java.util.List;
import java.util.stream.Stream;

/** The account book of the application package: what the payer has free and frozen, and what the payee has. */
record Money(int payer, int frozen, int payee) {
    /** @param lines {@code payee BALANCE FROZEN} and {@code payer BALANCE FROZEN} */
    static Money read(String lines) {
        List<Integer> numbers = lines.lines()
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1))
                .map(Integer::valueOf)
                .toList();
        return new Money(numbers.get(2), numbers.get(1) + numbers.get(3), numbers.get(0));
    }
}
