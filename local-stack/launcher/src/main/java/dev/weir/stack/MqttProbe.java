package dev.weir.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Asks a broker with the smallest MQTT 3.1.1 CONNECT whether it takes clients. */
final class MqttProbe {

  private static final int MILLIS = 2_000;
  private static final byte[] CLIENT_ID = "weir-probe".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DISCONNECT = {(byte) 0xE0, 0};
  private static final byte[] ACCEPTED = {0x20, 2, 0, 0};

  private MqttProbe() {}

  static boolean isAccepting(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.address(port), MILLIS);
      socket.setSoTimeout(MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(connect());
      InputStream in = socket.getInputStream();
      byte[] answer = in.readNBytes(ACCEPTED.length);
      out.write(DISCONNECT);
      return Arrays.equals(answer, ACCEPTED);
    } catch (IOException e) {
      return false;
    }
  }

  /** Protocol MQTT, level 4, clean session, keep alive 10 s. */
  private static byte[] connect() {
    byte[] head = {0x10, (byte) (12 + CLIENT_ID.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 10};
    byte[] packet = Arrays.copyOf(head, head.length + 2 + CLIENT_ID.length);
    packet[head.length + 1] = (byte) CLIENT_ID.length;
    System.arraycopy(CLIENT_ID, 0, packet, head.length + 2, CLIENT_ID.length);
    return packet;
  }
}
