package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.server.KillSwitch;
import java.nio.file.Path;
import org.jboss.byteman.check.RuleCheck;
import org.jboss.byteman.check.RuleCheckResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillPointTest {
    /** Byteman tells of a rule that it cannot inject only when asked to be verbose, and the server then lives on. */
    @Test
    void the_rules_can_be_injected_into_the_engine(@TempDir Path directory) {
        assertThat(new KillSwitch(directory, KillSwitch.COORDINATOR).javaOptions())
                .first()
                .asString()
                .contains("byteman");
        RuleCheck check = new RuleCheck();
        check.addRuleFile(directory.resolve(KillSwitch.COORDINATOR).toString());
        check.checkRules();
        RuleCheckResult result = check.getResult();
        assertThat(result.hasError())
                .as(result.getErrorMessages().toString() + result.getParseErrorMessages())
                .isFalse();
        assertThat(result.hasWarning())
                .as(result.getWarningMessages().toString())
                .isFalse();
    }
}
