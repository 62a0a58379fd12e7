package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private final List<String> lookedUp = new ArrayList<>();
    private boolean bound = true;

    private final Directory directory = name -> {
        lookedUp.add(name);
        if (!bound) {
            throw new NameNotFoundException(name);
        }
        return new Object();
    };

    private final Directory keeping = directory.keeping("kept");

    @Test
    void a_kept_name_is_looked_up_once() throws NamingException {
        assertThat(keeping.find("kept")).isSameAs(keeping.find("kept"));
        assertThat(lookedUp).containsExactly("kept");
    }

    @Test
    void others_are_looked_up_each_time() throws NamingException {
        assertThat(keeping.find("other")).isNotSameAs(keeping.find("other"));
        assertThat(lookedUp).containsExactly("other", "other");
    }

    @Test
    void a_kept_name_that_was_not_found_is_looked_up_again() throws NamingException {
        bound = false;
        assertThatThrownBy(() -> keeping.find("kept")).isInstanceOf(NameNotFoundException.class);
        bound = true;

        assertThat(keeping.find("kept")).isNotNull();
    }
}
