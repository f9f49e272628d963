package dev.weir.deadletters;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What two copies of a dead letter have in common: key, bytes, whether they are all of the bytes,
 * and where they belong. Redelivery after a crash repeats a letter; both are one.
 *
 * <p>Half a SHA-256: letters of one identity are settled together, so devices must not be able to
 * give two payloads the same one.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record Identity(long high, long low) {

  static Identity of(byte @Nullable [] key, byte @Nullable [] value, String belongs) {
    MessageDigest digest = sha256();
    part(digest, key);
    part(digest, value);
    part(digest, belongs.getBytes(StandardCharsets.UTF_8));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Identity(hash.getLong(), hash.getLong());
  }

  /** With its length, so that no two lists of parts read the same. */
  private static void part(MessageDigest digest, byte @Nullable [] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
