package dev.weir.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a report as JSON. */
public final class ReportJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  /** One object: {@code sound}, {@code complete}, and {@code servers} with their findings. */
  public static String of(DoctorReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("sound", report.sound());
    root.put("complete", report.complete());
    ArrayNode servers = root.putArray("servers");
    for (Examination examination : report.examinations()) {
      ObjectNode server = servers.addObject();
      server.put("server", examination.server().code());
      server.put("address", examination.address());
      server.put("unreachable", examination.unreachable());
      ArrayNode checks = server.putArray("checks");
      for (Verdict verdict : examination.verdicts()) {
        ObjectNode check = checks.addObject();
        check.put("check", verdict.check());
        ArrayNode findings = check.putArray("findings");
        for (Finding finding : verdict.findings()) {
          ObjectNode node = findings.addObject();
          node.put("severity", finding.severity().name());
          node.put("found", finding.found());
          node.put("reason", finding.reason());
          node.put("fix", finding.fix());
        }
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
