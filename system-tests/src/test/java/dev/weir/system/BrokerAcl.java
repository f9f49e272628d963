package dev.weir.system;

import dev.weir.system.BrokerRules.Action;
import dev.weir.system.ErlangTerm.Atom;
import dev.weir.system.ErlangTerm.Sequence;
import dev.weir.system.ErlangTerm.Text;
import dev.weir.system.ErlangTerm.Tuple;
import dev.weir.system.ErlangTerm.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an {@code acl.conf}, judged as EMQX judges them (emqx_authz_rule.erl of v5.8.9): the
 * first rule whose action, client and one of whose topics match decides. Knows the forms of rules
 * that Weir's file uses; any other is an error.
 */
final class BrokerAcl {

  /**
   * Who asks.
   *
   * @param username the authenticated user name
   * @param attributes what a rule's placeholders {@code ${client_attrs.…}} stand for
   */
  record Client(String username, Map<String, String> attributes) {}

  private record Rule(
      boolean allow,
      Predicate<Client> who,
      @Nullable Action action, // null: both
      IntPredicate qos,
      Predicate<Boolean> retain,
      List<ErlangTerm> topics) {}

  /** Matches every topic, those that begin with a dollar sign too, which {@code #} does not. */
  private static final ErlangTerm EVERYTHING = new Atom("all");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{client_attrs\\.(\\w+)}");

  private final List<Rule> rules = new ArrayList<>();

  /**
   * Reads the rules.
   *
   * @throws IllegalArgumentException says what it does not know
   */
  BrokerAcl(String file) {
    ErlangTerm.parse(file).forEach(term -> rules.add(rule((Tuple) term)));
  }

  /**
   * Whether the first rule that matches allows it; nothing where none matches.
   *
   * @param topic a topic or a filter; of a shared subscription the filter alone, as EMQX asks
   */
  Optional<Boolean> decide(Client client, Action action, String topic, int qos, boolean retain) {
    return rules.stream()
        .filter(rule -> rule.action == null || rule.action == action)
        .filter(rule -> rule.qos.test(qos))
        .filter(rule -> action == Action.SUBSCRIBE || rule.retain.test(retain))
        .filter(rule -> rule.who.test(client))
        .filter(rule -> rule.topics.stream().anyMatch(wanted -> matches(wanted, client, topic)))
        .findFirst()
        .map(Rule::allow);
  }

  private static Rule rule(Tuple rule) {
    boolean allow = rule.parts().get(0).equals(new Atom("allow"));
    if (!allow && !rule.parts().get(0).equals(new Atom("deny"))) {
      throw unknown(rule);
    }
    if (rule.parts().size() == 2 && rule.parts().get(1).equals(new Atom("all"))) {
      return new Rule(allow, c -> true, null, q -> true, r -> true, List.of(EVERYTHING));
    }
    if (rule.parts().size() != 4 || !(rule.parts().get(3) instanceof Sequence topics)) {
      throw unknown(rule);
    }
    Predicate<Client> who = who(rule.parts().get(1));
    ErlangTerm does = rule.parts().get(2);
    List<ErlangTerm> options = List.of();
    if (does instanceof Tuple tuple && tuple.parts().get(1) instanceof Sequence listed) {
      does = tuple.parts().get(0);
      options = listed.items();
    }
    Action action =
        switch (does instanceof Atom atom ? atom.name() : "") {
          case "publish" -> Action.PUBLISH;
          case "subscribe" -> Action.SUBSCRIBE;
          default -> throw unknown(does);
        };
    IntPredicate qos = any -> true;
    Predicate<Boolean> retain = any -> true;
    for (ErlangTerm option : options) {
      if (option instanceof Tuple o && o.is("qos", 2) && o.parts().get(1) instanceof Whole level) {
        qos = asked -> asked == level.value();
      } else if (option.equals(new Tuple(List.of(new Atom("retain"), new Atom("false"))))) {
        retain = asked -> !asked;
      } else {
        throw unknown(option);
      }
    }
    return new Rule(allow, who, action, qos, retain, topics.items());
  }

  private static Predicate<Client> who(ErlangTerm who) {
    if (who instanceof Tuple tuple && tuple.is("username", 2)) {
      if (tuple.parts().get(1) instanceof Text name) {
        return client -> client.username().equals(name.value());
      }
      if (tuple.parts().get(1) instanceof Tuple re
          && re.is("re", 2)
          && re.parts().get(1) instanceof Text pattern) {
        Pattern compiled = Pattern.compile(pattern.value());
        return client -> compiled.matcher(client.username()).find();
      }
    }
    throw unknown(who);
  }

  private static boolean matches(ErlangTerm wanted, Client client, String topic) {
    if (wanted instanceof Tuple eq && eq.is("eq", 2) && eq.parts().get(1) instanceof Text exact) {
      return topic.equals(exact.value()); // EMQX puts nothing in for its placeholders
    }
    if (wanted.equals(EVERYTHING)) {
      return true;
    }
    if (!(wanted instanceof Text filter)) {
      throw unknown(wanted);
    }
    for (Matcher named = PLACEHOLDER.matcher(filter.value()); named.find(); ) {
      if (!client.attributes().containsKey(named.group(1))) {
        return false; // a placeholder without a value matches nothing
      }
    }
    String rendered =
        PLACEHOLDER
            .matcher(filter.value())
            .replaceAll(named -> Matcher.quoteReplacement(client.attributes().get(named.group(1))));
    return matches(List.of(topic.split("/", -1)), List.of(rendered.split("/", -1)));
  }

  /** A filter that is asked for is a topic here: its own wildcards are words like any other. */
  private static boolean matches(List<String> topic, List<String> filter) {
    if (topic.get(0).startsWith("$") && filter.get(0).matches("[+#]")) {
      return false;
    }
    for (int i = 0; i < filter.size(); i++) {
      if (filter.get(i).equals("#")) {
        return i == filter.size() - 1;
      }
      if (i == topic.size() || !(filter.get(i).equals("+") || filter.get(i).equals(topic.get(i)))) {
        return false;
      }
    }
    return topic.size() == filter.size();
  }

  private static IllegalArgumentException unknown(ErlangTerm what) {
    return new IllegalArgumentException("not known to this test: " + what);
  }
}
