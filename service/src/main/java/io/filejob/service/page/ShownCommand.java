package io.filejob.service.page;

import io.filejob.service.job.JobName;
import java.util.ArrayList;
import java.util.List;

/**
 * A command to be copied.
 *
 * @param id an identifier in the page
 * @param purpose the purpose
 * @param text the command line
 */
record ShownCommand(String id, String purpose, String text) {
    /** Returns the commands about a job at {@code url}. Names are DNS labels, so that they need no quotes. */
    static List<ShownCommand> of(String namespace, String name, String url, boolean hasOutput) {
        List<ShownCommand> commands = new ArrayList<>();
        String curl = "curl -H \"Authorization: Bearer $TOKEN\" ";
        commands.add(new ShownCommand("curl-status", "Status", curl + url));
        commands.add(new ShownCommand("curl-events", "Follow", curl + "-N " + url + "/events"));
        if (hasOutput) {
            commands.add(new ShownCommand("curl-result", "Download", curl + "-OJ " + url + "/result"));
        }
        if (namespace.equals(JobName.LOCAL)) {
            commands.add(new ShownCommand("kubectl-apply", "Run in a cluster", "kubectl apply -f " + name + ".yaml"));
        } else {
            String kubectl = "kubectl -n " + namespace + " ";
            commands.add(new ShownCommand("kubectl-get", "Watch", kubectl + "get fj/" + name + " -w"));
            commands.add(new ShownCommand("kubectl-describe", "Events", kubectl + "describe fj/" + name));
            commands.add(new ShownCommand("kubectl-scale", "Scale", kubectl + "scale fj/" + name + " --replicas=8"));
        }
        return commands;
    }
}
