package dev.skyhedge.providers.gcp.fake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// What the operator of a fake that runs as a process wants, a line each, until its input ends:
///
/// ```
/// ledger               everything ever made, a line each, then `end`
/// preempt ZONE/NAME    takes an instance back at once
/// full ZONE            ends all capacity of a zone
/// quota REGION         allows no accelerator in a region any more
/// down                 every call is answered with HTTP 500
/// up                   no longer
/// ```
final class Orders {
    private final ComputeFake fake;

    Orders(ComputeFake fake) {
        this.fake = fake;
    }

    void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(obey(line.strip().split(" +")));
        }
    }

    private String obey(String[] words) {
        switch (words[0]) {
            case "ledger" -> {
                return String.join(
                                "",
                                fake.cloud().ledger().stream()
                                        .map(one -> one + "\n")
                                        .toList()) + "end";
            }
            case "preempt" -> {
                String[] id = words[1].split("/");
                fake.cloud().preemptAtOnce(id[0], id[1]);
            }
            case "full" -> fake.cloud().full(words[1]);
            case "quota" -> fake.cloud().noQuota(words[1]);
            case "down", "up" -> fake.down(words[0].equals("down"));
            default -> {
                return "no such order";
            }
        }
        return words[0];
    }
}
