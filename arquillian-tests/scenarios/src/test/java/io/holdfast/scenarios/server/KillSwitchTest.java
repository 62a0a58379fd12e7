package io.holdfast.scenarios.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.shop.ShopKills;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.byteman.check.RuleCheck;
import org.jboss.byteman.check.RuleCheckResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillSwitchTest {
    /** Byteman tells of a rule that it cannot parse only when asked to be verbose, and the server then lives on. */
    @ParameterizedTest
    @ValueSource(strings = {KillSwitch.TRANSACTION_MANAGER, KillSwitch.ADAPTER, ShopKills.RULES})
    void the_rules_can_be_injected(String rules, @TempDir Path directory) {
        KillSwitch killSwitch = new KillSwitch(directory, rules);
        RuleCheck check = new RuleCheck();
        check.addRuleFile(directory.resolve(rules).toString());
        check.checkRules();
        RuleCheckResult result = check.getResult();
        assertThat(result.hasError())
                .as(result.getParseErrorMessages().toString())
                .isFalse();
        assertThat(result.hasWarning())
                .as(result.getWarningMessages().toString())
                .isFalse();
        assertThat(killSwitch.javaOptions().get(0)).contains("byteman");
    }

    @Test
    void arming_makes_the_flag_file_and_disarming_removes_it(@TempDir Path directory) {
        KillSwitch killSwitch = new KillSwitch(directory, KillSwitch.TRANSACTION_MANAGER);
        killSwitch.arm();
        assertThat(directory.resolve("kill.flag")).exists();
        killSwitch.disarm();
        assertThat(Files.exists(directory.resolve("kill.flag"))).isFalse();
    }
}
