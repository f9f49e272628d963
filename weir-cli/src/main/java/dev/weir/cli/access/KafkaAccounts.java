package dev.weir.cli.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/**
 * Brings accounts and rights of a Kafka cluster to what is declared. Done twice it changes nothing
 * more. Owned by one thread; the admin client is the caller's.
 */
public final class KafkaAccounts {

  private static final int ITERATIONS = 8192;

  private final Admin admin;

  /** For the cluster that an admin client speaks to, as somebody who may change it. */
  public KafkaAccounts(Admin admin) {
    this.admin = admin;
  }

  /** Gives accounts their passwords, by SCRAM-SHA-512; those logged in stay so. */
  public void setPasswords(Map<String, String> passwords)
      throws ExecutionException, InterruptedException {
    ScramCredentialInfo how = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
    List<UserScramCredentialAlteration> alterations = new ArrayList<>();
    passwords.forEach(
        (account, password) ->
            alterations.add(new UserScramCredentialUpsertion(account, how, password)));
    admin.alterUserScramCredentials(alterations).all().get();
  }

  /**
   * What {@link #setRights} did.
   *
   * @param granted rights that were missing
   * @param revoked rights of declared accounts that are not declared
   */
  public record Changes(int granted, int revoked) {}

  /** Gives every account that is named in the rules exactly these rights; others are left alone. */
  public Changes setRights(List<AccessRule> rules) throws ExecutionException, InterruptedException {
    Set<AclBinding> wanted =
        rules.stream().flatMap(AccessRule::bindings).collect(Collectors.toSet());
    Set<AclBinding> present = new HashSet<>();
    for (String account : rules.stream().map(AccessRule::account).distinct().toList()) {
      present.addAll(admin.describeAcls(ofAccount(account)).values().get());
    }
    List<AclBinding> missing = wanted.stream().filter(right -> !present.contains(right)).toList();
    List<AclBindingFilter> surplus =
        present.stream()
            .filter(right -> !wanted.contains(right))
            .map(AclBinding::toFilter)
            .toList();
    admin.createAcls(missing).all().get();
    admin.deleteAcls(surplus).all().get();
    return new Changes(missing.size(), surplus.size());
  }

  private static AclBindingFilter ofAccount(String account) {
    return new AclBindingFilter(
        ResourcePatternFilter.ANY,
        new AccessControlEntryFilter(
            AccessRule.principal(account), null, AclOperation.ANY, AclPermissionType.ANY));
  }
}
