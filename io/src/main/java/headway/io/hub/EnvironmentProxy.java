package headway.io.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// The proxy that `HTTPS_PROXY` and `HTTP_PROXY` name, unless `NO_PROXY` names the host.
final class EnvironmentProxy extends ProxySelector {
    private final Map<String, String> environment;

    private EnvironmentProxy(Map<String, String> environment) {
        this.environment = environment;
    }

    static ProxySelector of(Map<String, String> environment) {
        return new EnvironmentProxy(environment);
    }

    private String value(String name) {
        return environment.getOrDefault(name, environment.getOrDefault(name.toUpperCase(java.util.Locale.ROOT), ""));
    }

    @Override
    public List<Proxy> select(URI address) {
        String named = value(address.getScheme() + "_proxy");
        String host = String.valueOf(address.getHost());
        boolean direct = named.isBlank() || host.equals("localhost") || host.startsWith("127.");
        for (String none : value("no_proxy").split(",")) {
            String domain = none.strip().replaceFirst("^\\*?\\.", "");
            direct |= !domain.isEmpty() && (domain.equals("*") || host.equals(domain) || host.endsWith("." + domain));
        }
        if (direct) {
            return List.of(Proxy.NO_PROXY);
        }
        URI proxy = URI.create(named.contains("://") ? named : "http://" + named);
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException reason) {
        // The failure itself reaches the caller.
    }
}
