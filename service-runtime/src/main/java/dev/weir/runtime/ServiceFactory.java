package dev.weir.runtime;

/** Makes a service from what the runtime has for it. */
@FunctionalInterface
public interface ServiceFactory {

  /** A new service, not started; cheap, and without a thread or a connection yet. */
  Service create(ServiceContext context) throws Exception;
}
