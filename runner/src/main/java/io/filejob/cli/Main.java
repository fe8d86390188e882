package io.filejob.cli;

/** Entry point of the runner. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("filejob " + Main.class.getPackage().getImplementationVersion());
        for (String arg : args) {
            System.out.println("[" + arg + "]");
        }
    }
}
