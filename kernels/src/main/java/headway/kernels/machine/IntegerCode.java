package headway.kernels.machine;

import java.util.ArrayList;
import java.util.List;

/// The part of [Assembler] that writes integer instructions, labels and jumps.
public abstract sealed class IntegerCode permits TileCode {
    /// One instruction as text and bytes.
    public record Line(String text, byte[] bytes) {}

    final Encoding code = new Encoding();
    /// Null where nobody wants to read: texts would take longer than the code.
    private final List<Line> listing;

    IntegerCode(boolean listed) {
        listing = listed ? new ArrayList<>() : null;
    }

    /// What was written, instruction by instruction; null where it was not asked for.
    public List<Line> listing() {
        return listing;
    }

    /// Bytes written so far.
    public int position() {
        return code.length;
    }

    // Labels and jumps.

    public void bind(Label label) {
        if (label.position >= 0) {
            throw new IllegalStateException("[assembler] a label is bound twice");
        }
        label.position = code.length;
    }

    /// Binds a label here.
    public Label here() {
        var label = new Label();
        bind(label);
        return label;
    }

    /// Fills up to a multiple of `border` with instructions that do nothing.
    public void align(int border) {
        while (code.length % border != 0) {
            int n = Math.min(9, border - code.length % border);
            for (int b : NOPS[n - 1]) {
                code.put(b);
            }
        }
    }

    private static final int[][] NOPS = {
        {0x90},
        {0x66, 0x90},
        {0x0F, 0x1F, 0x00},
        {0x0F, 0x1F, 0x40, 0x00},
        {0x0F, 0x1F, 0x44, 0x00, 0x00},
        {0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00},
        {0x0F, 0x1F, 0x80, 0, 0, 0, 0},
        {0x0F, 0x1F, 0x84, 0x00, 0, 0, 0, 0},
        {0x66, 0x0F, 0x1F, 0x84, 0x00, 0, 0, 0, 0}
    };

    public void jump(Label to) {
        if (to.position >= 0 && to.position - (code.length + 2) >= -128) {
            code.put(0xEB);
            code.put(to.position - (code.length + 1));
            return;
        }
        code.put(0xE9);
        distance(to);
    }

    public void jump(If condition, Label to) {
        if (to.position >= 0 && to.position - (code.length + 2) >= -128) {
            code.put(0x70 | condition.code);
            code.put(to.position - (code.length + 1));
            return;
        }
        code.put(0x0F);
        code.put(0x80 | condition.code);
        distance(to);
    }

    private void distance(Label to) {
        code.fixups.add(new Encoding.Fixup(code.length, to, 0, 0));
        code.put32(0);
    }

    // Integers.

    public void mov(Gp d, Gp s) {
        int from = code.length;
        code.legacy(true, new int[] {0x89}, s.ordinal(), d);
        line(from, "mov %s, %s", d.name64(), s.name64());
    }

    public void mov(Gp d, Mem m) {
        int from = code.length;
        code.legacy(true, new int[] {0x8B}, d.ordinal(), m);
        line(from, "mov %s, %s", d.name64(), m);
    }

    public void mov(Mem m, Gp s) {
        int from = code.length;
        code.legacy(true, new int[] {0x89}, s.ordinal(), m);
        line(from, "mov %s, %s", m, s.name64());
    }

    public void mov(Gp d, long value) {
        int from = code.length;
        if (value == (int) value) {
            code.legacy(true, new int[] {0xC7}, 0, d);
            code.put32((int) value);
        } else {
            code.put(0x48 | d.ordinal() >> 3);
            code.put(0xB8 | d.ordinal() & 7);
            code.put64(value);
        }
        line(from, "mov %s, %d", d.name64(), value);
    }

    /// 32 bits of memory, the upper half cleared.
    public void mov32(Gp d, Mem m) {
        int from = code.length;
        code.legacy(false, new int[] {0x8B}, d.ordinal(), m);
        line(from, "mov %s, %s", d.name32(), m);
    }

    public void mov32(Mem m, Gp s) {
        int from = code.length;
        code.legacy(false, new int[] {0x89}, s.ordinal(), m);
        line(from, "mov %s, %s", m, s.name32());
    }

    /// 32 bits of memory with their sign.
    public void movsxd(Gp d, Mem m) {
        int from = code.length;
        code.legacy(true, new int[] {0x63}, d.ordinal(), m);
        line(from, "movsxd %s, dword ptr %s", d.name64(), m);
    }

    /// 16 bits of memory, the rest cleared.
    public void movzxWord(Gp d, Mem m) {
        int from = code.length;
        code.legacy(false, new int[] {0x0F, 0xB7}, d.ordinal(), m);
        line(from, "movzx %s, word ptr %s", d.name32(), m);
    }

    public void zero(Gp d) {
        int from = code.length;
        code.legacy(false, new int[] {0x31}, d.ordinal(), d);
        line(from, "xor %s, %s", d.name32(), d.name32());
    }

    public void lea(Gp d, Mem m) {
        int from = code.length;
        code.legacy(true, new int[] {0x8D}, d.ordinal(), m);
        line(from, "lea %s, %s", d.name64(), m);
    }

    public void alu(Alu op, Gp d, Gp s) {
        int from = code.length;
        code.legacy(true, new int[] {op.code << 3 | 1}, s.ordinal(), d);
        line(from, "%s %s, %s", op, d.name64(), s.name64());
    }

    public void alu(Alu op, Gp d, Mem m) {
        int from = code.length;
        code.legacy(true, new int[] {op.code << 3 | 3}, d.ordinal(), m);
        line(from, "%s %s, %s", op, d.name64(), m);
    }

    public void alu(Alu op, Gp d, int value) {
        int from = code.length;
        if (value == (byte) value) {
            code.legacy(true, new int[] {0x83}, op.code, d);
            code.put(value);
        } else if (d == Gp.RAX) {
            code.put(0x48);
            code.put(op.code << 3 | 5);
            code.put32(value);
        } else {
            code.legacy(true, new int[] {0x81}, op.code, d);
            code.put32(value);
        }
        line(from, "%s %s, %d", op, d.name64(), value);
    }

    public void add(Gp d, Gp s) {
        alu(Alu.ADD, d, s);
    }

    public void add(Gp d, int value) {
        alu(Alu.ADD, d, value);
    }

    public void sub(Gp d, Gp s) {
        alu(Alu.SUB, d, s);
    }

    public void sub(Gp d, int value) {
        alu(Alu.SUB, d, value);
    }

    public void cmp(Gp d, int value) {
        alu(Alu.CMP, d, value);
    }

    public void cmp(Gp d, Gp s) {
        alu(Alu.CMP, d, s);
    }

    public void imul(Gp d, Gp s) {
        int from = code.length;
        code.legacy(true, new int[] {0x0F, 0xAF}, d.ordinal(), s);
        line(from, "imul %s, %s", d.name64(), s.name64());
    }

    public void imul(Gp d, Gp s, int value) {
        int from = code.length;
        boolean small = value == (byte) value;
        code.legacy(true, new int[] {small ? 0x6B : 0x69}, d.ordinal(), s);
        if (small) {
            code.put(value);
        } else {
            code.put32(value);
        }
        line(from, "imul %s, %s, %d", d.name64(), s.name64(), value);
    }

    public void shift(Shift op, Gp d, int count) {
        int from = code.length;
        code.legacy(true, new int[] {count == 1 ? 0xD1 : 0xC1}, op.digit, d);
        if (count != 1) {
            code.put(count);
        }
        line(from, "%s %s, %d", op, d.name64(), count);
    }

    public void test(Gp a, Gp b) {
        int from = code.length;
        code.legacy(true, new int[] {0x85}, b.ordinal(), a);
        line(from, "test %s, %s", a.name64(), b.name64());
    }

    public void test(Gp a, int bits) {
        int from = code.length;
        if (a == Gp.RAX) {
            code.put(0x48);
            code.put(0xA9);
        } else {
            code.legacy(true, new int[] {0xF7}, 0, a);
        }
        code.put32(bits);
        line(from, "test %s, %d", a.name64(), bits);
    }

    public void neg(Gp d) {
        int from = code.length;
        code.legacy(true, new int[] {0xF7}, 3, d);
        line(from, "neg %s", d.name64());
    }

    public void cmov(If condition, Gp d, Gp s) {
        int from = code.length;
        code.legacy(true, new int[] {0x0F, 0x40 | condition.code}, d.ordinal(), s);
        line(from, "cmov%s %s, %s", condition, d.name64(), s.name64());
    }

    /// The lowest `count` bits of `s`.
    public void bzhi(Gp d, Gp s, Gp count) {
        int from = code.length;
        code.vex(2, 0, 1, 128, 0xF5, d.ordinal(), count.ordinal(), s.ordinal());
        code.modRegister(d.ordinal(), s.ordinal());
        line(from, "bzhi %s, %s, %s", d.name64(), s.name64(), count.name64());
    }

    public void push(Gp r) {
        stack(0x50, "push", r);
    }

    public void pop(Gp r) {
        stack(0x58, "pop", r);
    }

    private void stack(int opcode, String name, Gp r) {
        int from = code.length;
        if (r.ordinal() >= 8) {
            code.put(0x41);
        }
        code.put(opcode | r.ordinal() & 7);
        line(from, "%s %s", name, r.name64());
    }

    /// Reads the cache line of `m` ahead of use; `level` 0 is nearest, 3 passes by the caches.
    public void prefetch(int level, Mem m) {
        int from = code.length;
        code.legacy(false, new int[] {0x0F, 0x18}, level == 3 ? 0 : level + 1, m);
        line(from, "prefetch%s %s", level == 3 ? "nta" : "t" + level, m);
    }

    /// Calls the code at the address in `r`.
    public void call(Gp r) {
        int from = code.length;
        if (r.ordinal() >= 8) {
            code.put(0x41);
        }
        code.put(0xFF);
        code.modRegister(2, r.ordinal());
        line(from, "call %s", r.name64());
    }

    /// The control and status word of vector arithmetic.
    public void stmxcsr(Mem m) {
        int from = code.length;
        code.legacy(false, new int[] {0x0F, 0xAE}, 3, m);
        line(from, "stmxcsr %s", m);
    }

    public void ret() {
        plain("ret", 0xC3);
    }

    public void cpuid() {
        plain("cpuid", 0x0F, 0xA2);
    }

    public void xgetbv() {
        plain("xgetbv", 0x0F, 0x01, 0xD0);
    }

    public void sfence() {
        plain("sfence", 0x0F, 0xAE, 0xF8);
    }

    public void vzeroupper() {
        plain("vzeroupper", 0xC5, 0xF8, 0x77);
    }

    private void plain(String text, int... bytes) {
        int from = code.length;
        for (int b : bytes) {
            code.put(b);
        }
        line(from, text);
    }

    void line(int from, String format, Object... values) {
        if (listing != null) {
            byte[] bytes = java.util.Arrays.copyOfRange(code.bytes, from, code.length);
            listing.add(new Line(format.formatted(values), bytes));
        }
    }
}
