package dev.weir.bench.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The few MQTT 5 control packets that a source writes (MQTT 5.0, chapter 3). */
final class Packets {

  static final int CONNECT = 1;
  static final int PUBACK = 4;
  static final int SUBSCRIBE = 8;
  static final int UNSUBSCRIBE = 10;
  static final int PINGREQ = 12;
  static final int DISCONNECT = 14;

  /** No session present, success, no properties. */
  static final byte[] CONNACK = {0x20, 3, 0, 0, 0};

  static final byte[] PINGRESP = {(byte) 0xD0, 0};

  /** PUBLISH, QoS 1, not retained. */
  private static final byte PUBLISH_QOS_1 = 0x32;

  private static final int SUBACK = 0x90;
  private static final int UNSUBACK = 0xB0;
  private static final int CONTINUES = 0x80;

  private Packets() {}

  /** A PUBLISH with packet id 0, which {@link #setPacketId} changes. */
  static byte[] publish(String topic, byte[] payload) {
    byte[] name = topic.getBytes(UTF_8);
    int length = 2 + name.length + 2 + 1 + payload.length;
    ByteBuffer packet = ByteBuffer.allocate(1 + 4 + length);
    packet.put(PUBLISH_QOS_1);
    putLength(packet, length);
    packet.putShort((short) name.length).put(name).putShort((short) 0).put((byte) 0).put(payload);
    byte[] exact = new byte[packet.position()];
    packet.flip().get(exact);
    return exact;
  }

  /** Sets the packet id of a PUBLISH that has been copied to the end of a buffer. */
  static void setPacketId(ByteBuffer buffer, int start, int packetId) {
    int position = start + 1;
    while ((buffer.get(position) & CONTINUES) != 0) {
      position++;
    }
    int topicLength = buffer.getShort(position + 1) & 0xFFFF;
    buffer.putShort(position + 1 + 2 + topicLength, (short) packetId);
  }

  /** Grants QoS 1 to that many subscriptions. */
  static byte[] suback(int packetId, int subscriptions) {
    return answer(SUBACK, packetId, subscriptions, (byte) 1);
  }

  /** Says of that many subscriptions that they have ended. */
  static byte[] unsuback(int packetId, int subscriptions) {
    return answer(UNSUBACK, packetId, subscriptions, (byte) 0);
  }

  private static byte[] answer(int type, int packetId, int codes, byte code) {
    ByteBuffer packet = ByteBuffer.allocate(5 + codes);
    packet.put((byte) type).put((byte) (3 + codes)).putShort((short) packetId).put((byte) 0);
    for (int i = 0; i < codes; i++) {
      packet.put(code);
    }
    return packet.array();
  }

  private static void putLength(ByteBuffer packet, int length) {
    int left = length;
    do {
      int digit = left % CONTINUES;
      left /= CONTINUES;
      packet.put((byte) (left > 0 ? digit | CONTINUES : digit));
    } while (left > 0);
  }
}
