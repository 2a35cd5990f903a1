push rax
pop rax
call rax
xor eax, eax
neg rax
mov rax, 7
mov rax, -70000
mov rax, 1099511627776
test rax, 8
imul rax, rax, 24
imul rax, rax, 1000
add rax, 8
add rax, -129
or rax, 8
or rax, -129
and rax, 8
and rax, -129
sub rax, 8
sub rax, -129
xor rax, 8
xor rax, -129
cmp rax, 8
cmp rax, -129
shl rax, 1
shl rax, 6
shr rax, 1
shr rax, 6
sar rax, 1
sar rax, 6
mov rax, rcx
test rax, rcx
imul rax, rcx
bzhi rax, rcx, r11
add rax, rcx
or rax, rcx
and rax, rcx
sub rax, rcx
xor rax, rcx
cmp rax, rcx
cmovb rax, rcx
cmovae rax, rcx
cmove rax, rcx
cmovne rax, rcx
cmovbe rax, rcx
cmova rax, rcx
cmovl rax, rcx
cmovge rax, rcx
cmovle rax, rcx
cmovg rax, rcx
mov rax, r14
test rax, r14
imul rax, r14
bzhi rax, r14, r11
add rax, r14
or rax, r14
and rax, r14
sub rax, r14
xor rax, r14
cmp rax, r14
cmovb rax, r14
cmovae rax, r14
cmove rax, r14
cmovne rax, r14
cmovbe rax, r14
cmova rax, r14
cmovl rax, r14
cmovge rax, r14
cmovle rax, r14
cmovg rax, r14
kmovw k1, eax
kmovq k7, rax
vmovd xmm3, eax
vmovd xmm12, eax
vmovq xmm3, rax
vmovq xmm12, rax
push rbx
pop rbx
call rbx
xor ebx, ebx
neg rbx
mov rbx, 7
mov rbx, -70000
mov rbx, 1099511627776
test rbx, 8
imul rbx, rbx, 24
imul rbx, rbx, 1000
add rbx, 8
add rbx, -129
or rbx, 8
or rbx, -129
and rbx, 8
and rbx, -129
sub rbx, 8
sub rbx, -129
xor rbx, 8
xor rbx, -129
cmp rbx, 8
cmp rbx, -129
shl rbx, 1
shl rbx, 6
shr rbx, 1
shr rbx, 6
sar rbx, 1
sar rbx, 6
mov rbx, rcx
test rbx, rcx
imul rbx, rcx
bzhi rbx, rcx, r11
add rbx, rcx
or rbx, rcx
and rbx, rcx
sub rbx, rcx
xor rbx, rcx
cmp rbx, rcx
cmovb rbx, rcx
cmovae rbx, rcx
cmove rbx, rcx
cmovne rbx, rcx
cmovbe rbx, rcx
cmova rbx, rcx
cmovl rbx, rcx
cmovge rbx, rcx
cmovle rbx, rcx
cmovg rbx, rcx
mov rbx, r14
test rbx, r14
imul rbx, r14
bzhi rbx, r14, r11
add rbx, r14
or rbx, r14
and rbx, r14
sub rbx, r14
xor rbx, r14
cmp rbx, r14
cmovb rbx, r14
cmovae rbx, r14
cmove rbx, r14
cmovne rbx, r14
cmovbe rbx, r14
cmova rbx, r14
cmovl rbx, r14
cmovge rbx, r14
cmovle rbx, r14
cmovg rbx, r14
kmovw k1, ebx
kmovq k7, rbx
vmovd xmm3, ebx
vmovd xmm12, ebx
vmovq xmm3, rbx
vmovq xmm12, rbx
push rsp
pop rsp
call rsp
xor esp, esp
neg rsp
mov rsp, 7
mov rsp, -70000
mov rsp, 1099511627776
test rsp, 8
imul rsp, rsp, 24
imul rsp, rsp, 1000
add rsp, 8
add rsp, -129
or rsp, 8
or rsp, -129
and rsp, 8
and rsp, -129
sub rsp, 8
sub rsp, -129
xor rsp, 8
xor rsp, -129
cmp rsp, 8
cmp rsp, -129
shl rsp, 1
shl rsp, 6
shr rsp, 1
shr rsp, 6
sar rsp, 1
sar rsp, 6
mov rsp, rcx
test rsp, rcx
imul rsp, rcx
bzhi rsp, rcx, r11
add rsp, rcx
or rsp, rcx
and rsp, rcx
sub rsp, rcx
xor rsp, rcx
cmp rsp, rcx
cmovb rsp, rcx
cmovae rsp, rcx
cmove rsp, rcx
cmovne rsp, rcx
cmovbe rsp, rcx
cmova rsp, rcx
cmovl rsp, rcx
cmovge rsp, rcx
cmovle rsp, rcx
cmovg rsp, rcx
mov rsp, r14
test rsp, r14
imul rsp, r14
bzhi rsp, r14, r11
add rsp, r14
or rsp, r14
and rsp, r14
sub rsp, r14
xor rsp, r14
cmp rsp, r14
cmovb rsp, r14
cmovae rsp, r14
cmove rsp, r14
cmovne rsp, r14
cmovbe rsp, r14
cmova rsp, r14
cmovl rsp, r14
cmovge rsp, r14
cmovle rsp, r14
cmovg rsp, r14
kmovw k1, esp
kmovq k7, rsp
vmovd xmm3, esp
vmovd xmm12, esp
vmovq xmm3, rsp
vmovq xmm12, rsp
push rbp
pop rbp
call rbp
xor ebp, ebp
neg rbp
mov rbp, 7
mov rbp, -70000
mov rbp, 1099511627776
test rbp, 8
imul rbp, rbp, 24
imul rbp, rbp, 1000
add rbp, 8
add rbp, -129
or rbp, 8
or rbp, -129
and rbp, 8
and rbp, -129
sub rbp, 8
sub rbp, -129
xor rbp, 8
xor rbp, -129
cmp rbp, 8
cmp rbp, -129
shl rbp, 1
shl rbp, 6
shr rbp, 1
shr rbp, 6
sar rbp, 1
sar rbp, 6
mov rbp, rcx
test rbp, rcx
imul rbp, rcx
bzhi rbp, rcx, r11
add rbp, rcx
or rbp, rcx
and rbp, rcx
sub rbp, rcx
xor rbp, rcx
cmp rbp, rcx
cmovb rbp, rcx
cmovae rbp, rcx
cmove rbp, rcx
cmovne rbp, rcx
cmovbe rbp, rcx
cmova rbp, rcx
cmovl rbp, rcx
cmovge rbp, rcx
cmovle rbp, rcx
cmovg rbp, rcx
mov rbp, r14
test rbp, r14
imul rbp, r14
bzhi rbp, r14, r11
add rbp, r14
or rbp, r14
and rbp, r14
sub rbp, r14
xor rbp, r14
cmp rbp, r14
cmovb rbp, r14
cmovae rbp, r14
cmove rbp, r14
cmovne rbp, r14
cmovbe rbp, r14
cmova rbp, r14
cmovl rbp, r14
cmovge rbp, r14
cmovle rbp, r14
cmovg rbp, r14
kmovw k1, ebp
kmovq k7, rbp
vmovd xmm3, ebp
vmovd xmm12, ebp
vmovq xmm3, rbp
vmovq xmm12, rbp
push rdi
pop rdi
call rdi
xor edi, edi
neg rdi
mov rdi, 7
mov rdi, -70000
mov rdi, 1099511627776
test rdi, 8
imul rdi, rdi, 24
imul rdi, rdi, 1000
add rdi, 8
add rdi, -129
or rdi, 8
or rdi, -129
and rdi, 8
and rdi, -129
sub rdi, 8
sub rdi, -129
xor rdi, 8
xor rdi, -129
cmp rdi, 8
cmp rdi, -129
shl rdi, 1
shl rdi, 6
shr rdi, 1
shr rdi, 6
sar rdi, 1
sar rdi, 6
mov rdi, rcx
test rdi, rcx
imul rdi, rcx
bzhi rdi, rcx, r11
add rdi, rcx
or rdi, rcx
and rdi, rcx
sub rdi, rcx
xor rdi, rcx
cmp rdi, rcx
cmovb rdi, rcx
cmovae rdi, rcx
cmove rdi, rcx
cmovne rdi, rcx
cmovbe rdi, rcx
cmova rdi, rcx
cmovl rdi, rcx
cmovge rdi, rcx
cmovle rdi, rcx
cmovg rdi, rcx
mov rdi, r14
test rdi, r14
imul rdi, r14
bzhi rdi, r14, r11
add rdi, r14
or rdi, r14
and rdi, r14
sub rdi, r14
xor rdi, r14
cmp rdi, r14
cmovb rdi, r14
cmovae rdi, r14
cmove rdi, r14
cmovne rdi, r14
cmovbe rdi, r14
cmova rdi, r14
cmovl rdi, r14
cmovge rdi, r14
cmovle rdi, r14
cmovg rdi, r14
kmovw k1, edi
kmovq k7, rdi
vmovd xmm3, edi
vmovd xmm12, edi
vmovq xmm3, rdi
vmovq xmm12, rdi
push r8
pop r8
call r8
xor r8d, r8d
neg r8
mov r8, 7
mov r8, -70000
mov r8, 1099511627776
test r8, 8
imul r8, r8, 24
imul r8, r8, 1000
add r8, 8
add r8, -129
or r8, 8
or r8, -129
and r8, 8
and r8, -129
sub r8, 8
sub r8, -129
xor r8, 8
xor r8, -129
cmp r8, 8
cmp r8, -129
shl r8, 1
shl r8, 6
shr r8, 1
shr r8, 6
sar r8, 1
sar r8, 6
mov r8, rcx
test r8, rcx
imul r8, rcx
bzhi r8, rcx, r11
add r8, rcx
or r8, rcx
and r8, rcx
sub r8, rcx
xor r8, rcx
cmp r8, rcx
cmovb r8, rcx
cmovae r8, rcx
cmove r8, rcx
cmovne r8, rcx
cmovbe r8, rcx
cmova r8, rcx
cmovl r8, rcx
cmovge r8, rcx
cmovle r8, rcx
cmovg r8, rcx
mov r8, r14
test r8, r14
imul r8, r14
bzhi r8, r14, r11
add r8, r14
or r8, r14
and r8, r14
sub r8, r14
xor r8, r14
cmp r8, r14
cmovb r8, r14
cmovae r8, r14
cmove r8, r14
cmovne r8, r14
cmovbe r8, r14
cmova r8, r14
cmovl r8, r14
cmovge r8, r14
cmovle r8, r14
cmovg r8, r14
kmovw k1, r8d
kmovq k7, r8
vmovd xmm3, r8d
vmovd xmm12, r8d
vmovq xmm3, r8
vmovq xmm12, r8
push r12
pop r12
call r12
xor r12d, r12d
neg r12
mov r12, 7
mov r12, -70000
mov r12, 1099511627776
test r12, 8
imul r12, r12, 24
imul r12, r12, 1000
add r12, 8
add r12, -129
or r12, 8
or r12, -129
and r12, 8
and r12, -129
sub r12, 8
sub r12, -129
xor r12, 8
xor r12, -129
cmp r12, 8
cmp r12, -129
shl r12, 1
shl r12, 6
shr r12, 1
shr r12, 6
sar r12, 1
sar r12, 6
mov r12, rcx
test r12, rcx
imul r12, rcx
bzhi r12, rcx, r11
add r12, rcx
or r12, rcx
and r12, rcx
sub r12, rcx
xor r12, rcx
cmp r12, rcx
cmovb r12, rcx
cmovae r12, rcx
cmove r12, rcx
cmovne r12, rcx
cmovbe r12, rcx
cmova r12, rcx
cmovl r12, rcx
cmovge r12, rcx
cmovle r12, rcx
cmovg r12, rcx
mov r12, r14
test r12, r14
imul r12, r14
bzhi r12, r14, r11
add r12, r14
or r12, r14
and r12, r14
sub r12, r14
xor r12, r14
cmp r12, r14
cmovb r12, r14
cmovae r12, r14
cmove r12, r14
cmovne r12, r14
cmovbe r12, r14
cmova r12, r14
cmovl r12, r14
cmovge r12, r14
cmovle r12, r14
cmovg r12, r14
kmovw k1, r12d
kmovq k7, r12
vmovd xmm3, r12d
vmovd xmm12, r12d
vmovq xmm3, r12
vmovq xmm12, r12
push r13
pop r13
call r13
xor r13d, r13d
neg r13
mov r13, 7
mov r13, -70000
mov r13, 1099511627776
test r13, 8
imul r13, r13, 24
imul r13, r13, 1000
add r13, 8
add r13, -129
or r13, 8
or r13, -129
and r13, 8
and r13, -129
sub r13, 8
sub r13, -129
xor r13, 8
xor r13, -129
cmp r13, 8
cmp r13, -129
shl r13, 1
shl r13, 6
shr r13, 1
shr r13, 6
sar r13, 1
sar r13, 6
mov r13, rcx
test r13, rcx
imul r13, rcx
bzhi r13, rcx, r11
add r13, rcx
or r13, rcx
and r13, rcx
sub r13, rcx
xor r13, rcx
cmp r13, rcx
cmovb r13, rcx
cmovae r13, rcx
cmove r13, rcx
cmovne r13, rcx
cmovbe r13, rcx
cmova r13, rcx
cmovl r13, rcx
cmovge r13, rcx
cmovle r13, rcx
cmovg r13, rcx
mov r13, r14
test r13, r14
imul r13, r14
bzhi r13, r14, r11
add r13, r14
or r13, r14
and r13, r14
sub r13, r14
xor r13, r14
cmp r13, r14
cmovb r13, r14
cmovae r13, r14
cmove r13, r14
cmovne r13, r14
cmovbe r13, r14
cmova r13, r14
cmovl r13, r14
cmovge r13, r14
cmovle r13, r14
cmovg r13, r14
kmovw k1, r13d
kmovq k7, r13
vmovd xmm3, r13d
vmovd xmm12, r13d
vmovq xmm3, r13
vmovq xmm12, r13
push r15
pop r15
call r15
xor r15d, r15d
neg r15
mov r15, 7
mov r15, -70000
mov r15, 1099511627776
test r15, 8
imul r15, r15, 24
imul r15, r15, 1000
add r15, 8
add r15, -129
or r15, 8
or r15, -129
and r15, 8
and r15, -129
sub r15, 8
sub r15, -129
xor r15, 8
xor r15, -129
cmp r15, 8
cmp r15, -129
shl r15, 1
shl r15, 6
shr r15, 1
shr r15, 6
sar r15, 1
sar r15, 6
mov r15, rcx
test r15, rcx
imul r15, rcx
bzhi r15, rcx, r11
add r15, rcx
or r15, rcx
and r15, rcx
sub r15, rcx
xor r15, rcx
cmp r15, rcx
cmovb r15, rcx
cmovae r15, rcx
cmove r15, rcx
cmovne r15, rcx
cmovbe r15, rcx
cmova r15, rcx
cmovl r15, rcx
cmovge r15, rcx
cmovle r15, rcx
cmovg r15, rcx
mov r15, r14
test r15, r14
imul r15, r14
bzhi r15, r14, r11
add r15, r14
or r15, r14
and r15, r14
sub r15, r14
xor r15, r14
cmp r15, r14
cmovb r15, r14
cmovae r15, r14
cmove r15, r14
cmovne r15, r14
cmovbe r15, r14
cmova r15, r14
cmovl r15, r14
cmovge r15, r14
cmovle r15, r14
cmovg r15, r14
kmovw k1, r15d
kmovq k7, r15
vmovd xmm3, r15d
vmovd xmm12, r15d
vmovq xmm3, r15
vmovq xmm12, r15
mov rdx, [rax]
mov [rax], rdx
mov edx, [rax]
mov [rax], edx
movsxd rdx, dword ptr [rax]
movzx edx, word ptr [rax]
lea rdx, [rax]
add rdx, [rax]
cmp rdx, [rax]
mov r11, [rax]
mov [rax], r11
mov r11d, [rax]
mov [rax], r11d
movsxd r11, dword ptr [rax]
movzx r11d, word ptr [rax]
lea r11, [rax]
add r11, [rax]
cmp r11, [rax]
stmxcsr [rax]
prefetcht0 [rax]
prefetcht1 [rax]
prefetcht2 [rax]
prefetchnta [rax]
mov rdx, [rbp]
mov [rbp], rdx
mov edx, [rbp]
mov [rbp], edx
movsxd rdx, dword ptr [rbp]
movzx edx, word ptr [rbp]
lea rdx, [rbp]
add rdx, [rbp]
cmp rdx, [rbp]
mov r11, [rbp]
mov [rbp], r11
mov r11d, [rbp]
mov [rbp], r11d
movsxd r11, dword ptr [rbp]
movzx r11d, word ptr [rbp]
lea r11, [rbp]
add r11, [rbp]
cmp r11, [rbp]
stmxcsr [rbp]
prefetcht0 [rbp]
prefetcht1 [rbp]
prefetcht2 [rbp]
prefetchnta [rbp]
mov rdx, [rsp]
mov [rsp], rdx
mov edx, [rsp]
mov [rsp], edx
movsxd rdx, dword ptr [rsp]
movzx edx, word ptr [rsp]
lea rdx, [rsp]
add rdx, [rsp]
cmp rdx, [rsp]
mov r11, [rsp]
mov [rsp], r11
mov r11d, [rsp]
mov [rsp], r11d
movsxd r11, dword ptr [rsp]
movzx r11d, word ptr [rsp]
lea r11, [rsp]
add r11, [rsp]
cmp r11, [rsp]
stmxcsr [rsp]
prefetcht0 [rsp]
prefetcht1 [rsp]
prefetcht2 [rsp]
prefetchnta [rsp]
mov rdx, [r12]
mov [r12], rdx
mov edx, [r12]
mov [r12], edx
movsxd rdx, dword ptr [r12]
movzx edx, word ptr [r12]
lea rdx, [r12]
add rdx, [r12]
cmp rdx, [r12]
mov r11, [r12]
mov [r12], r11
mov r11d, [r12]
mov [r12], r11d
movsxd r11, dword ptr [r12]
movzx r11d, word ptr [r12]
lea r11, [r12]
add r11, [r12]
cmp r11, [r12]
stmxcsr [r12]
prefetcht0 [r12]
prefetcht1 [r12]
prefetcht2 [r12]
prefetchnta [r12]
mov rdx, [r13]
mov [r13], rdx
mov edx, [r13]
mov [r13], edx
movsxd rdx, dword ptr [r13]
movzx edx, word ptr [r13]
lea rdx, [r13]
add rdx, [r13]
cmp rdx, [r13]
mov r11, [r13]
mov [r13], r11
mov r11d, [r13]
mov [r13], r11d
movsxd r11, dword ptr [r13]
movzx r11d, word ptr [r13]
lea r11, [r13]
add r11, [r13]
cmp r11, [r13]
stmxcsr [r13]
prefetcht0 [r13]
prefetcht1 [r13]
prefetcht2 [r13]
prefetchnta [r13]
mov rdx, [rsi+64]
mov [rsi+64], rdx
mov edx, [rsi+64]
mov [rsi+64], edx
movsxd rdx, dword ptr [rsi+64]
movzx edx, word ptr [rsi+64]
lea rdx, [rsi+64]
add rdx, [rsi+64]
cmp rdx, [rsi+64]
mov r11, [rsi+64]
mov [rsi+64], r11
mov r11d, [rsi+64]
mov [rsi+64], r11d
movsxd r11, dword ptr [rsi+64]
movzx r11d, word ptr [rsi+64]
lea r11, [rsi+64]
add r11, [rsi+64]
cmp r11, [rsi+64]
stmxcsr [rsi+64]
prefetcht0 [rsi+64]
prefetcht1 [rsi+64]
prefetcht2 [rsi+64]
prefetchnta [rsi+64]
mov rdx, [rsi+4]
mov [rsi+4], rdx
mov edx, [rsi+4]
mov [rsi+4], edx
movsxd rdx, dword ptr [rsi+4]
movzx edx, word ptr [rsi+4]
lea rdx, [rsi+4]
add rdx, [rsi+4]
cmp rdx, [rsi+4]
mov r11, [rsi+4]
mov [rsi+4], r11
mov r11d, [rsi+4]
mov [rsi+4], r11d
movsxd r11, dword ptr [rsi+4]
movzx r11d, word ptr [rsi+4]
lea r11, [rsi+4]
add r11, [rsi+4]
cmp r11, [rsi+4]
stmxcsr [rsi+4]
prefetcht0 [rsi+4]
prefetcht1 [rsi+4]
prefetcht2 [rsi+4]
prefetchnta [rsi+4]
mov rdx, [r9-128]
mov [r9-128], rdx
mov edx, [r9-128]
mov [r9-128], edx
movsxd rdx, dword ptr [r9-128]
movzx edx, word ptr [r9-128]
lea rdx, [r9-128]
add rdx, [r9-128]
cmp rdx, [r9-128]
mov r11, [r9-128]
mov [r9-128], r11
mov r11d, [r9-128]
mov [r9-128], r11d
movsxd r11, dword ptr [r9-128]
movzx r11d, word ptr [r9-128]
lea r11, [r9-128]
add r11, [r9-128]
cmp r11, [r9-128]
stmxcsr [r9-128]
prefetcht0 [r9-128]
prefetcht1 [r9-128]
prefetcht2 [r9-128]
prefetchnta [r9-128]
mov rdx, [r9-132]
mov [r9-132], rdx
mov edx, [r9-132]
mov [r9-132], edx
movsxd rdx, dword ptr [r9-132]
movzx edx, word ptr [r9-132]
lea rdx, [r9-132]
add rdx, [r9-132]
cmp rdx, [r9-132]
mov r11, [r9-132]
mov [r9-132], r11
mov r11d, [r9-132]
mov [r9-132], r11d
movsxd r11, dword ptr [r9-132]
movzx r11d, word ptr [r9-132]
lea r11, [r9-132]
add r11, [r9-132]
cmp r11, [r9-132]
stmxcsr [r9-132]
prefetcht0 [r9-132]
prefetcht1 [r9-132]
prefetcht2 [r9-132]
prefetchnta [r9-132]
mov rdx, [r10+127]
mov [r10+127], rdx
mov edx, [r10+127]
mov [r10+127], edx
movsxd rdx, dword ptr [r10+127]
movzx edx, word ptr [r10+127]
lea rdx, [r10+127]
add rdx, [r10+127]
cmp rdx, [r10+127]
mov r11, [r10+127]
mov [r10+127], r11
mov r11d, [r10+127]
mov [r10+127], r11d
movsxd r11, dword ptr [r10+127]
movzx r11d, word ptr [r10+127]
lea r11, [r10+127]
add r11, [r10+127]
cmp r11, [r10+127]
stmxcsr [r10+127]
prefetcht0 [r10+127]
prefetcht1 [r10+127]
prefetcht2 [r10+127]
prefetchnta [r10+127]
mov rdx, [r10+8192]
mov [r10+8192], rdx
mov edx, [r10+8192]
mov [r10+8192], edx
movsxd rdx, dword ptr [r10+8192]
movzx edx, word ptr [r10+8192]
lea rdx, [r10+8192]
add rdx, [r10+8192]
cmp rdx, [r10+8192]
mov r11, [r10+8192]
mov [r10+8192], r11
mov r11d, [r10+8192]
mov [r10+8192], r11d
movsxd r11, dword ptr [r10+8192]
movzx r11d, word ptr [r10+8192]
lea r11, [r10+8192]
add r11, [r10+8192]
cmp r11, [r10+8192]
stmxcsr [r10+8192]
prefetcht0 [r10+8192]
prefetcht1 [r10+8192]
prefetcht2 [r10+8192]
prefetchnta [r10+8192]
mov rdx, [r10+8128]
mov [r10+8128], rdx
mov edx, [r10+8128]
mov [r10+8128], edx
movsxd rdx, dword ptr [r10+8128]
movzx edx, word ptr [r10+8128]
lea rdx, [r10+8128]
add rdx, [r10+8128]
cmp rdx, [r10+8128]
mov r11, [r10+8128]
mov [r10+8128], r11
mov r11d, [r10+8128]
mov [r10+8128], r11d
movsxd r11, dword ptr [r10+8128]
movzx r11d, word ptr [r10+8128]
lea r11, [r10+8128]
add r11, [r10+8128]
cmp r11, [r10+8128]
stmxcsr [r10+8128]
prefetcht0 [r10+8128]
prefetcht1 [r10+8128]
prefetcht2 [r10+8128]
prefetchnta [r10+8128]
mov rdx, [rax+rcx*4]
mov [rax+rcx*4], rdx
mov edx, [rax+rcx*4]
mov [rax+rcx*4], edx
movsxd rdx, dword ptr [rax+rcx*4]
movzx edx, word ptr [rax+rcx*4]
lea rdx, [rax+rcx*4]
add rdx, [rax+rcx*4]
cmp rdx, [rax+rcx*4]
mov r11, [rax+rcx*4]
mov [rax+rcx*4], r11
mov r11d, [rax+rcx*4]
mov [rax+rcx*4], r11d
movsxd r11, dword ptr [rax+rcx*4]
movzx r11d, word ptr [rax+rcx*4]
lea r11, [rax+rcx*4]
add r11, [rax+rcx*4]
cmp r11, [rax+rcx*4]
stmxcsr [rax+rcx*4]
prefetcht0 [rax+rcx*4]
prefetcht1 [rax+rcx*4]
prefetcht2 [rax+rcx*4]
prefetchnta [rax+rcx*4]
mov rdx, [rbp+r9*8]
mov [rbp+r9*8], rdx
mov edx, [rbp+r9*8]
mov [rbp+r9*8], edx
movsxd rdx, dword ptr [rbp+r9*8]
movzx edx, word ptr [rbp+r9*8]
lea rdx, [rbp+r9*8]
add rdx, [rbp+r9*8]
cmp rdx, [rbp+r9*8]
mov r11, [rbp+r9*8]
mov [rbp+r9*8], r11
mov r11d, [rbp+r9*8]
mov [rbp+r9*8], r11d
movsxd r11, dword ptr [rbp+r9*8]
movzx r11d, word ptr [rbp+r9*8]
lea r11, [rbp+r9*8]
add r11, [rbp+r9*8]
cmp r11, [rbp+r9*8]
stmxcsr [rbp+r9*8]
prefetcht0 [rbp+r9*8]
prefetcht1 [rbp+r9*8]
prefetcht2 [rbp+r9*8]
prefetchnta [rbp+r9*8]
mov rdx, [r13+r12*1-64]
mov [r13+r12*1-64], rdx
mov edx, [r13+r12*1-64]
mov [r13+r12*1-64], edx
movsxd rdx, dword ptr [r13+r12*1-64]
movzx edx, word ptr [r13+r12*1-64]
lea rdx, [r13+r12*1-64]
add rdx, [r13+r12*1-64]
cmp rdx, [r13+r12*1-64]
mov r11, [r13+r12*1-64]
mov [r13+r12*1-64], r11
mov r11d, [r13+r12*1-64]
mov [r13+r12*1-64], r11d
movsxd r11, dword ptr [r13+r12*1-64]
movzx r11d, word ptr [r13+r12*1-64]
lea r11, [r13+r12*1-64]
add r11, [r13+r12*1-64]
cmp r11, [r13+r12*1-64]
stmxcsr [r13+r12*1-64]
prefetcht0 [r13+r12*1-64]
prefetcht1 [r13+r12*1-64]
prefetcht2 [r13+r12*1-64]
prefetchnta [r13+r12*1-64]
mov rdx, [rdx+r15*2+100000]
mov [rdx+r15*2+100000], rdx
mov edx, [rdx+r15*2+100000]
mov [rdx+r15*2+100000], edx
movsxd rdx, dword ptr [rdx+r15*2+100000]
movzx edx, word ptr [rdx+r15*2+100000]
lea rdx, [rdx+r15*2+100000]
add rdx, [rdx+r15*2+100000]
cmp rdx, [rdx+r15*2+100000]
mov r11, [rdx+r15*2+100000]
mov [rdx+r15*2+100000], r11
mov r11d, [rdx+r15*2+100000]
mov [rdx+r15*2+100000], r11d
movsxd r11, dword ptr [rdx+r15*2+100000]
movzx r11d, word ptr [rdx+r15*2+100000]
lea r11, [rdx+r15*2+100000]
add r11, [rdx+r15*2+100000]
cmp r11, [rdx+r15*2+100000]
stmxcsr [rdx+r15*2+100000]
prefetcht0 [rdx+r15*2+100000]
prefetcht1 [rdx+r15*2+100000]
prefetcht2 [rdx+r15*2+100000]
prefetchnta [rdx+r15*2+100000]
ret
cpuid
xgetbv
sfence
vzeroupper
tilezero tmm0
tileloadd tmm0, [rax+rcx*4]
tileloaddt1 tmm0, [rax+rcx*4]
tilestored [rax+rcx*4], tmm0
tileloadd tmm0, [rbp+r9*8]
tileloaddt1 tmm0, [rbp+r9*8]
tilestored [rbp+r9*8], tmm0
tileloadd tmm0, [r13+r12*1-64]
tileloaddt1 tmm0, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm0
tileloadd tmm0, [rdx+r15*2+100000]
tileloaddt1 tmm0, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm0
tdpbf16ps tmm0, tmm1, tmm5
tdpbssd tmm0, tmm1, tmm5
tdpbsud tmm0, tmm1, tmm5
tdpbusd tmm0, tmm1, tmm5
tdpbuud tmm0, tmm1, tmm5
tilezero tmm1
tileloadd tmm1, [rax+rcx*4]
tileloaddt1 tmm1, [rax+rcx*4]
tilestored [rax+rcx*4], tmm1
tileloadd tmm1, [rbp+r9*8]
tileloaddt1 tmm1, [rbp+r9*8]
tilestored [rbp+r9*8], tmm1
tileloadd tmm1, [r13+r12*1-64]
tileloaddt1 tmm1, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm1
tileloadd tmm1, [rdx+r15*2+100000]
tileloaddt1 tmm1, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm1
tdpbf16ps tmm1, tmm2, tmm6
tdpbssd tmm1, tmm2, tmm6
tdpbsud tmm1, tmm2, tmm6
tdpbusd tmm1, tmm2, tmm6
tdpbuud tmm1, tmm2, tmm6
tilezero tmm2
tileloadd tmm2, [rax+rcx*4]
tileloaddt1 tmm2, [rax+rcx*4]
tilestored [rax+rcx*4], tmm2
tileloadd tmm2, [rbp+r9*8]
tileloaddt1 tmm2, [rbp+r9*8]
tilestored [rbp+r9*8], tmm2
tileloadd tmm2, [r13+r12*1-64]
tileloaddt1 tmm2, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm2
tileloadd tmm2, [rdx+r15*2+100000]
tileloaddt1 tmm2, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm2
tdpbf16ps tmm2, tmm3, tmm7
tdpbssd tmm2, tmm3, tmm7
tdpbsud tmm2, tmm3, tmm7
tdpbusd tmm2, tmm3, tmm7
tdpbuud tmm2, tmm3, tmm7
tilezero tmm3
tileloadd tmm3, [rax+rcx*4]
tileloaddt1 tmm3, [rax+rcx*4]
tilestored [rax+rcx*4], tmm3
tileloadd tmm3, [rbp+r9*8]
tileloaddt1 tmm3, [rbp+r9*8]
tilestored [rbp+r9*8], tmm3
tileloadd tmm3, [r13+r12*1-64]
tileloaddt1 tmm3, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm3
tileloadd tmm3, [rdx+r15*2+100000]
tileloaddt1 tmm3, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm3
tdpbf16ps tmm3, tmm4, tmm0
tdpbssd tmm3, tmm4, tmm0
tdpbsud tmm3, tmm4, tmm0
tdpbusd tmm3, tmm4, tmm0
tdpbuud tmm3, tmm4, tmm0
tilezero tmm4
tileloadd tmm4, [rax+rcx*4]
tileloaddt1 tmm4, [rax+rcx*4]
tilestored [rax+rcx*4], tmm4
tileloadd tmm4, [rbp+r9*8]
tileloaddt1 tmm4, [rbp+r9*8]
tilestored [rbp+r9*8], tmm4
tileloadd tmm4, [r13+r12*1-64]
tileloaddt1 tmm4, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm4
tileloadd tmm4, [rdx+r15*2+100000]
tileloaddt1 tmm4, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm4
tdpbf16ps tmm4, tmm5, tmm1
tdpbssd tmm4, tmm5, tmm1
tdpbsud tmm4, tmm5, tmm1
tdpbusd tmm4, tmm5, tmm1
tdpbuud tmm4, tmm5, tmm1
tilezero tmm5
tileloadd tmm5, [rax+rcx*4]
tileloaddt1 tmm5, [rax+rcx*4]
tilestored [rax+rcx*4], tmm5
tileloadd tmm5, [rbp+r9*8]
tileloaddt1 tmm5, [rbp+r9*8]
tilestored [rbp+r9*8], tmm5
tileloadd tmm5, [r13+r12*1-64]
tileloaddt1 tmm5, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm5
tileloadd tmm5, [rdx+r15*2+100000]
tileloaddt1 tmm5, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm5
tdpbf16ps tmm5, tmm6, tmm2
tdpbssd tmm5, tmm6, tmm2
tdpbsud tmm5, tmm6, tmm2
tdpbusd tmm5, tmm6, tmm2
tdpbuud tmm5, tmm6, tmm2
tilezero tmm6
tileloadd tmm6, [rax+rcx*4]
tileloaddt1 tmm6, [rax+rcx*4]
tilestored [rax+rcx*4], tmm6
tileloadd tmm6, [rbp+r9*8]
tileloaddt1 tmm6, [rbp+r9*8]
tilestored [rbp+r9*8], tmm6
tileloadd tmm6, [r13+r12*1-64]
tileloaddt1 tmm6, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm6
tileloadd tmm6, [rdx+r15*2+100000]
tileloaddt1 tmm6, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm6
tdpbf16ps tmm6, tmm7, tmm3
tdpbssd tmm6, tmm7, tmm3
tdpbsud tmm6, tmm7, tmm3
tdpbusd tmm6, tmm7, tmm3
tdpbuud tmm6, tmm7, tmm3
tilezero tmm7
tileloadd tmm7, [rax+rcx*4]
tileloaddt1 tmm7, [rax+rcx*4]
tilestored [rax+rcx*4], tmm7
tileloadd tmm7, [rbp+r9*8]
tileloaddt1 tmm7, [rbp+r9*8]
tilestored [rbp+r9*8], tmm7
tileloadd tmm7, [r13+r12*1-64]
tileloaddt1 tmm7, [r13+r12*1-64]
tilestored [r13+r12*1-64], tmm7
tileloadd tmm7, [rdx+r15*2+100000]
tileloaddt1 tmm7, [rdx+r15*2+100000]
tilestored [rdx+r15*2+100000], tmm7
tdpbf16ps tmm7, tmm0, tmm4
tdpbssd tmm7, tmm0, tmm4
tdpbsud tmm7, tmm0, tmm4
tdpbusd tmm7, tmm0, tmm4
tdpbuud tmm7, tmm0, tmm4
ldtilecfg [rax]
sttilecfg [rax]
ldtilecfg [rbp]
sttilecfg [rbp]
ldtilecfg [rsp]
sttilecfg [rsp]
ldtilecfg [r12]
sttilecfg [r12]
ldtilecfg [r13]
sttilecfg [r13]
ldtilecfg [rsi+64]
sttilecfg [rsi+64]
ldtilecfg [rsi+4]
sttilecfg [rsi+4]
ldtilecfg [r9-128]
sttilecfg [r9-128]
ldtilecfg [r9-132]
sttilecfg [r9-132]
ldtilecfg [r10+127]
sttilecfg [r10+127]
ldtilecfg [r10+8192]
sttilecfg [r10+8192]
ldtilecfg [r10+8128]
sttilecfg [r10+8128]
ldtilecfg [rax+rcx*4]
sttilecfg [rax+rcx*4]
ldtilecfg [rbp+r9*8]
sttilecfg [rbp+r9*8]
ldtilecfg [r13+r12*1-64]
sttilecfg [r13+r12*1-64]
ldtilecfg [rdx+r15*2+100000]
sttilecfg [rdx+r15*2+100000]
tilerelease
vmovups xmm1, xmm10
vmovups xmm6, xmm15
vmovups xmm10, xmm1
vmovups xmm15, xmm6
vmovups xmm6, [rax]
vmovups xmm6, [rbp]
vmovups xmm6, [rsp]
vmovups xmm6, [r12]
vmovups xmm6, [r13]
vmovups xmm6, [rsi+64]
vmovups xmm6, [rsi+4]
vmovups xmm6, [r9-128]
vmovups xmm6, [r9-132]
vmovups xmm6, [r10+127]
vmovups xmm6, [r10+8192]
vmovups xmm6, [r10+8128]
vmovups xmm6, [rax+rcx*4]
vmovups xmm6, [rbp+r9*8]
vmovups xmm6, [r13+r12*1-64]
vmovups xmm6, [rdx+r15*2+100000]
vmovups ymm1, ymm10
vmovups ymm6, ymm15
vmovups ymm10, ymm1
vmovups ymm15, ymm6
vmovups ymm6, [rax]
vmovups ymm6, [rbp]
vmovups ymm6, [rsp]
vmovups ymm6, [r12]
vmovups ymm6, [r13]
vmovups ymm6, [rsi+64]
vmovups ymm6, [rsi+4]
vmovups ymm6, [r9-128]
vmovups ymm6, [r9-132]
vmovups ymm6, [r10+127]
vmovups ymm6, [r10+8192]
vmovups ymm6, [r10+8128]
vmovups ymm6, [rax+rcx*4]
vmovups ymm6, [rbp+r9*8]
vmovups ymm6, [r13+r12*1-64]
vmovups ymm6, [rdx+r15*2+100000]
vmovups zmm0, zmm9
vmovups zmm0{k1}, zmm9
vmovups zmm0{k7}{z}, zmm9
vmovups zmm7, zmm17
vmovups zmm7{k1}, zmm17
vmovups zmm7{k7}{z}, zmm17
vmovups zmm9, zmm31
vmovups zmm9{k1}, zmm31
vmovups zmm9{k7}{z}, zmm31
vmovups zmm17, zmm0
vmovups zmm17{k1}, zmm0
vmovups zmm17{k7}{z}, zmm0
vmovups zmm31, zmm7
vmovups zmm31{k1}, zmm7
vmovups zmm31{k7}{z}, zmm7
vmovups zmm7, [rax]
vmovups zmm7, [rbp]
vmovups zmm7, [rsp]
vmovups zmm7, [r12]
vmovups zmm7, [r13]
vmovups zmm7, [rsi+64]
vmovups zmm7, [rsi+4]
vmovups zmm7, [r9-128]
vmovups zmm7, [r9-132]
vmovups zmm7, [r10+127]
vmovups zmm7, [r10+8192]
vmovups zmm7, [r10+8128]
vmovups zmm7, [rax+rcx*4]
vmovups zmm7, [rbp+r9*8]
vmovups zmm7, [r13+r12*1-64]
vmovups zmm7, [rdx+r15*2+100000]
vmovups zmm30{k3}, [r8+128]
vmovups [rax], xmm6
vmovups [rbp], xmm6
vmovups [rsp], xmm6
vmovups [r12], xmm6
vmovups [r13], xmm6
vmovups [rsi+64], xmm6
vmovups [rsi+4], xmm6
vmovups [r9-128], xmm6
vmovups [r9-132], xmm6
vmovups [r10+127], xmm6
vmovups [r10+8192], xmm6
vmovups [r10+8128], xmm6
vmovups [rax+rcx*4], xmm6
vmovups [rbp+r9*8], xmm6
vmovups [r13+r12*1-64], xmm6
vmovups [rdx+r15*2+100000], xmm6
vmovups [rax], ymm6
vmovups [rbp], ymm6
vmovups [rsp], ymm6
vmovups [r12], ymm6
vmovups [r13], ymm6
vmovups [rsi+64], ymm6
vmovups [rsi+4], ymm6
vmovups [r9-128], ymm6
vmovups [r9-132], ymm6
vmovups [r10+127], ymm6
vmovups [r10+8192], ymm6
vmovups [r10+8128], ymm6
vmovups [rax+rcx*4], ymm6
vmovups [rbp+r9*8], ymm6
vmovups [r13+r12*1-64], ymm6
vmovups [rdx+r15*2+100000], ymm6
vmovups [rax], zmm7
vmovups [rbp], zmm7
vmovups [rsp], zmm7
vmovups [r12], zmm7
vmovups [r13], zmm7
vmovups [rsi+64], zmm7
vmovups [rsi+4], zmm7
vmovups [r9-128], zmm7
vmovups [r9-132], zmm7
vmovups [r10+127], zmm7
vmovups [r10+8192], zmm7
vmovups [r10+8128], zmm7
vmovups [rax+rcx*4], zmm7
vmovups [rbp+r9*8], zmm7
vmovups [r13+r12*1-64], zmm7
vmovups [rdx+r15*2+100000], zmm7
vmovups [r8+128]{k3}, zmm30
vmovntps [rax], xmm6
vmovntps [rbp], xmm6
vmovntps [rsp], xmm6
vmovntps [r12], xmm6
vmovntps [r13], xmm6
vmovntps [rsi+64], xmm6
vmovntps [rsi+4], xmm6
vmovntps [r9-128], xmm6
vmovntps [r9-132], xmm6
vmovntps [r10+127], xmm6
vmovntps [r10+8192], xmm6
vmovntps [r10+8128], xmm6
vmovntps [rax+rcx*4], xmm6
vmovntps [rbp+r9*8], xmm6
vmovntps [r13+r12*1-64], xmm6
vmovntps [rdx+r15*2+100000], xmm6
vmovntps [rax], ymm6
vmovntps [rbp], ymm6
vmovntps [rsp], ymm6
vmovntps [r12], ymm6
vmovntps [r13], ymm6
vmovntps [rsi+64], ymm6
vmovntps [rsi+4], ymm6
vmovntps [r9-128], ymm6
vmovntps [r9-132], ymm6
vmovntps [r10+127], ymm6
vmovntps [r10+8192], ymm6
vmovntps [r10+8128], ymm6
vmovntps [rax+rcx*4], ymm6
vmovntps [rbp+r9*8], ymm6
vmovntps [r13+r12*1-64], ymm6
vmovntps [rdx+r15*2+100000], ymm6
vmovntps [rax], zmm7
vmovntps [rbp], zmm7
vmovntps [rsp], zmm7
vmovntps [r12], zmm7
vmovntps [r13], zmm7
vmovntps [rsi+64], zmm7
vmovntps [rsi+4], zmm7
vmovntps [r9-128], zmm7
vmovntps [r9-132], zmm7
vmovntps [r10+127], zmm7
vmovntps [r10+8192], zmm7
vmovntps [r10+8128], zmm7
vmovntps [rax+rcx*4], zmm7
vmovntps [rbp+r9*8], zmm7
vmovntps [r13+r12*1-64], zmm7
vmovntps [rdx+r15*2+100000], zmm7
vmovdqu xmm1, xmm10
vmovdqu xmm6, xmm15
vmovdqu xmm10, xmm1
vmovdqu xmm15, xmm6
vmovdqu xmm6, [rax]
vmovdqu xmm6, [rbp]
vmovdqu xmm6, [rsp]
vmovdqu xmm6, [r12]
vmovdqu xmm6, [r13]
vmovdqu xmm6, [rsi+64]
vmovdqu xmm6, [rsi+4]
vmovdqu xmm6, [r9-128]
vmovdqu xmm6, [r9-132]
vmovdqu xmm6, [r10+127]
vmovdqu xmm6, [r10+8192]
vmovdqu xmm6, [r10+8128]
vmovdqu xmm6, [rax+rcx*4]
vmovdqu xmm6, [rbp+r9*8]
vmovdqu xmm6, [r13+r12*1-64]
vmovdqu xmm6, [rdx+r15*2+100000]
vmovdqu ymm1, ymm10
vmovdqu ymm6, ymm15
vmovdqu ymm10, ymm1
vmovdqu ymm15, ymm6
vmovdqu ymm6, [rax]
vmovdqu ymm6, [rbp]
vmovdqu ymm6, [rsp]
vmovdqu ymm6, [r12]
vmovdqu ymm6, [r13]
vmovdqu ymm6, [rsi+64]
vmovdqu ymm6, [rsi+4]
vmovdqu ymm6, [r9-128]
vmovdqu ymm6, [r9-132]
vmovdqu ymm6, [r10+127]
vmovdqu ymm6, [r10+8192]
vmovdqu ymm6, [r10+8128]
vmovdqu ymm6, [rax+rcx*4]
vmovdqu ymm6, [rbp+r9*8]
vmovdqu ymm6, [r13+r12*1-64]
vmovdqu ymm6, [rdx+r15*2+100000]
vmovdqu [rax], xmm6
vmovdqu [rbp], xmm6
vmovdqu [rsp], xmm6
vmovdqu [r12], xmm6
vmovdqu [r13], xmm6
vmovdqu [rsi+64], xmm6
vmovdqu [rsi+4], xmm6
vmovdqu [r9-128], xmm6
vmovdqu [r9-132], xmm6
vmovdqu [r10+127], xmm6
vmovdqu [r10+8192], xmm6
vmovdqu [r10+8128], xmm6
vmovdqu [rax+rcx*4], xmm6
vmovdqu [rbp+r9*8], xmm6
vmovdqu [r13+r12*1-64], xmm6
vmovdqu [rdx+r15*2+100000], xmm6
vmovdqu [rax], ymm6
vmovdqu [rbp], ymm6
vmovdqu [rsp], ymm6
vmovdqu [r12], ymm6
vmovdqu [r13], ymm6
vmovdqu [rsi+64], ymm6
vmovdqu [rsi+4], ymm6
vmovdqu [r9-128], ymm6
vmovdqu [r9-132], ymm6
vmovdqu [r10+127], ymm6
vmovdqu [r10+8192], ymm6
vmovdqu [r10+8128], ymm6
vmovdqu [rax+rcx*4], ymm6
vmovdqu [rbp+r9*8], ymm6
vmovdqu [r13+r12*1-64], ymm6
vmovdqu [rdx+r15*2+100000], ymm6
vmovdqu8 xmm1, xmm10
vmovdqu8 xmm6, xmm15
vmovdqu8 xmm10, xmm1
vmovdqu8 xmm15, xmm6
vmovdqu8 xmm6, [rax]
vmovdqu8 xmm6, [rbp]
vmovdqu8 xmm6, [rsp]
vmovdqu8 xmm6, [r12]
vmovdqu8 xmm6, [r13]
vmovdqu8 xmm6, [rsi+64]
vmovdqu8 xmm6, [rsi+4]
vmovdqu8 xmm6, [r9-128]
vmovdqu8 xmm6, [r9-132]
vmovdqu8 xmm6, [r10+127]
vmovdqu8 xmm6, [r10+8192]
vmovdqu8 xmm6, [r10+8128]
vmovdqu8 xmm6, [rax+rcx*4]
vmovdqu8 xmm6, [rbp+r9*8]
vmovdqu8 xmm6, [r13+r12*1-64]
vmovdqu8 xmm6, [rdx+r15*2+100000]
vmovdqu8 ymm1, ymm10
vmovdqu8 ymm6, ymm15
vmovdqu8 ymm10, ymm1
vmovdqu8 ymm15, ymm6
vmovdqu8 ymm6, [rax]
vmovdqu8 ymm6, [rbp]
vmovdqu8 ymm6, [rsp]
vmovdqu8 ymm6, [r12]
vmovdqu8 ymm6, [r13]
vmovdqu8 ymm6, [rsi+64]
vmovdqu8 ymm6, [rsi+4]
vmovdqu8 ymm6, [r9-128]
vmovdqu8 ymm6, [r9-132]
vmovdqu8 ymm6, [r10+127]
vmovdqu8 ymm6, [r10+8192]
vmovdqu8 ymm6, [r10+8128]
vmovdqu8 ymm6, [rax+rcx*4]
vmovdqu8 ymm6, [rbp+r9*8]
vmovdqu8 ymm6, [r13+r12*1-64]
vmovdqu8 ymm6, [rdx+r15*2+100000]
vmovdqu8 zmm0, zmm9
vmovdqu8 zmm0{k1}, zmm9
vmovdqu8 zmm0{k7}{z}, zmm9
vmovdqu8 zmm7, zmm17
vmovdqu8 zmm7{k1}, zmm17
vmovdqu8 zmm7{k7}{z}, zmm17
vmovdqu8 zmm9, zmm31
vmovdqu8 zmm9{k1}, zmm31
vmovdqu8 zmm9{k7}{z}, zmm31
vmovdqu8 zmm17, zmm0
vmovdqu8 zmm17{k1}, zmm0
vmovdqu8 zmm17{k7}{z}, zmm0
vmovdqu8 zmm31, zmm7
vmovdqu8 zmm31{k1}, zmm7
vmovdqu8 zmm31{k7}{z}, zmm7
vmovdqu8 zmm7, [rax]
vmovdqu8 zmm7, [rbp]
vmovdqu8 zmm7, [rsp]
vmovdqu8 zmm7, [r12]
vmovdqu8 zmm7, [r13]
vmovdqu8 zmm7, [rsi+64]
vmovdqu8 zmm7, [rsi+4]
vmovdqu8 zmm7, [r9-128]
vmovdqu8 zmm7, [r9-132]
vmovdqu8 zmm7, [r10+127]
vmovdqu8 zmm7, [r10+8192]
vmovdqu8 zmm7, [r10+8128]
vmovdqu8 zmm7, [rax+rcx*4]
vmovdqu8 zmm7, [rbp+r9*8]
vmovdqu8 zmm7, [r13+r12*1-64]
vmovdqu8 zmm7, [rdx+r15*2+100000]
vmovdqu8 zmm30{k3}, [r8+128]
vmovdqu8 [rax], xmm6
vmovdqu8 [rbp], xmm6
vmovdqu8 [rsp], xmm6
vmovdqu8 [r12], xmm6
vmovdqu8 [r13], xmm6
vmovdqu8 [rsi+64], xmm6
vmovdqu8 [rsi+4], xmm6
vmovdqu8 [r9-128], xmm6
vmovdqu8 [r9-132], xmm6
vmovdqu8 [r10+127], xmm6
vmovdqu8 [r10+8192], xmm6
vmovdqu8 [r10+8128], xmm6
vmovdqu8 [rax+rcx*4], xmm6
vmovdqu8 [rbp+r9*8], xmm6
vmovdqu8 [r13+r12*1-64], xmm6
vmovdqu8 [rdx+r15*2+100000], xmm6
vmovdqu8 [rax], ymm6
vmovdqu8 [rbp], ymm6
vmovdqu8 [rsp], ymm6
vmovdqu8 [r12], ymm6
vmovdqu8 [r13], ymm6
vmovdqu8 [rsi+64], ymm6
vmovdqu8 [rsi+4], ymm6
vmovdqu8 [r9-128], ymm6
vmovdqu8 [r9-132], ymm6
vmovdqu8 [r10+127], ymm6
vmovdqu8 [r10+8192], ymm6
vmovdqu8 [r10+8128], ymm6
vmovdqu8 [rax+rcx*4], ymm6
vmovdqu8 [rbp+r9*8], ymm6
vmovdqu8 [r13+r12*1-64], ymm6
vmovdqu8 [rdx+r15*2+100000], ymm6
vmovdqu8 [rax], zmm7
vmovdqu8 [rbp], zmm7
vmovdqu8 [rsp], zmm7
vmovdqu8 [r12], zmm7
vmovdqu8 [r13], zmm7
vmovdqu8 [rsi+64], zmm7
vmovdqu8 [rsi+4], zmm7
vmovdqu8 [r9-128], zmm7
vmovdqu8 [r9-132], zmm7
vmovdqu8 [r10+127], zmm7
vmovdqu8 [r10+8192], zmm7
vmovdqu8 [r10+8128], zmm7
vmovdqu8 [rax+rcx*4], zmm7
vmovdqu8 [rbp+r9*8], zmm7
vmovdqu8 [r13+r12*1-64], zmm7
vmovdqu8 [rdx+r15*2+100000], zmm7
vmovdqu8 [r8+128]{k3}, zmm30
vmovdqu16 xmm1, xmm10
vmovdqu16 xmm6, xmm15
vmovdqu16 xmm10, xmm1
vmovdqu16 xmm15, xmm6
vmovdqu16 xmm6, [rax]
vmovdqu16 xmm6, [rbp]
vmovdqu16 xmm6, [rsp]
vmovdqu16 xmm6, [r12]
vmovdqu16 xmm6, [r13]
vmovdqu16 xmm6, [rsi+64]
vmovdqu16 xmm6, [rsi+4]
vmovdqu16 xmm6, [r9-128]
vmovdqu16 xmm6, [r9-132]
vmovdqu16 xmm6, [r10+127]
vmovdqu16 xmm6, [r10+8192]
vmovdqu16 xmm6, [r10+8128]
vmovdqu16 xmm6, [rax+rcx*4]
vmovdqu16 xmm6, [rbp+r9*8]
vmovdqu16 xmm6, [r13+r12*1-64]
vmovdqu16 xmm6, [rdx+r15*2+100000]
vmovdqu16 ymm1, ymm10
vmovdqu16 ymm6, ymm15
vmovdqu16 ymm10, ymm1
vmovdqu16 ymm15, ymm6
vmovdqu16 ymm6, [rax]
vmovdqu16 ymm6, [rbp]
vmovdqu16 ymm6, [rsp]
vmovdqu16 ymm6, [r12]
vmovdqu16 ymm6, [r13]
vmovdqu16 ymm6, [rsi+64]
vmovdqu16 ymm6, [rsi+4]
vmovdqu16 ymm6, [r9-128]
vmovdqu16 ymm6, [r9-132]
vmovdqu16 ymm6, [r10+127]
vmovdqu16 ymm6, [r10+8192]
vmovdqu16 ymm6, [r10+8128]
vmovdqu16 ymm6, [rax+rcx*4]
vmovdqu16 ymm6, [rbp+r9*8]
vmovdqu16 ymm6, [r13+r12*1-64]
vmovdqu16 ymm6, [rdx+r15*2+100000]
vmovdqu16 zmm0, zmm9
vmovdqu16 zmm0{k1}, zmm9
vmovdqu16 zmm0{k7}{z}, zmm9
vmovdqu16 zmm7, zmm17
vmovdqu16 zmm7{k1}, zmm17
vmovdqu16 zmm7{k7}{z}, zmm17
vmovdqu16 zmm9, zmm31
vmovdqu16 zmm9{k1}, zmm31
vmovdqu16 zmm9{k7}{z}, zmm31
vmovdqu16 zmm17, zmm0
vmovdqu16 zmm17{k1}, zmm0
vmovdqu16 zmm17{k7}{z}, zmm0
vmovdqu16 zmm31, zmm7
vmovdqu16 zmm31{k1}, zmm7
vmovdqu16 zmm31{k7}{z}, zmm7
vmovdqu16 zmm7, [rax]
vmovdqu16 zmm7, [rbp]
vmovdqu16 zmm7, [rsp]
vmovdqu16 zmm7, [r12]
vmovdqu16 zmm7, [r13]
vmovdqu16 zmm7, [rsi+64]
vmovdqu16 zmm7, [rsi+4]
vmovdqu16 zmm7, [r9-128]
vmovdqu16 zmm7, [r9-132]
vmovdqu16 zmm7, [r10+127]
vmovdqu16 zmm7, [r10+8192]
vmovdqu16 zmm7, [r10+8128]
vmovdqu16 zmm7, [rax+rcx*4]
vmovdqu16 zmm7, [rbp+r9*8]
vmovdqu16 zmm7, [r13+r12*1-64]
vmovdqu16 zmm7, [rdx+r15*2+100000]
vmovdqu16 zmm30{k3}, [r8+128]
vmovdqu16 [rax], xmm6
vmovdqu16 [rbp], xmm6
vmovdqu16 [rsp], xmm6
vmovdqu16 [r12], xmm6
vmovdqu16 [r13], xmm6
vmovdqu16 [rsi+64], xmm6
vmovdqu16 [rsi+4], xmm6
vmovdqu16 [r9-128], xmm6
vmovdqu16 [r9-132], xmm6
vmovdqu16 [r10+127], xmm6
vmovdqu16 [r10+8192], xmm6
vmovdqu16 [r10+8128], xmm6
vmovdqu16 [rax+rcx*4], xmm6
vmovdqu16 [rbp+r9*8], xmm6
vmovdqu16 [r13+r12*1-64], xmm6
vmovdqu16 [rdx+r15*2+100000], xmm6
vmovdqu16 [rax], ymm6
vmovdqu16 [rbp], ymm6
vmovdqu16 [rsp], ymm6
vmovdqu16 [r12], ymm6
vmovdqu16 [r13], ymm6
vmovdqu16 [rsi+64], ymm6
vmovdqu16 [rsi+4], ymm6
vmovdqu16 [r9-128], ymm6
vmovdqu16 [r9-132], ymm6
vmovdqu16 [r10+127], ymm6
vmovdqu16 [r10+8192], ymm6
vmovdqu16 [r10+8128], ymm6
vmovdqu16 [rax+rcx*4], ymm6
vmovdqu16 [rbp+r9*8], ymm6
vmovdqu16 [r13+r12*1-64], ymm6
vmovdqu16 [rdx+r15*2+100000], ymm6
vmovdqu16 [rax], zmm7
vmovdqu16 [rbp], zmm7
vmovdqu16 [rsp], zmm7
vmovdqu16 [r12], zmm7
vmovdqu16 [r13], zmm7
vmovdqu16 [rsi+64], zmm7
vmovdqu16 [rsi+4], zmm7
vmovdqu16 [r9-128], zmm7
vmovdqu16 [r9-132], zmm7
vmovdqu16 [r10+127], zmm7
vmovdqu16 [r10+8192], zmm7
vmovdqu16 [r10+8128], zmm7
vmovdqu16 [rax+rcx*4], zmm7
vmovdqu16 [rbp+r9*8], zmm7
vmovdqu16 [r13+r12*1-64], zmm7
vmovdqu16 [rdx+r15*2+100000], zmm7
vmovdqu16 [r8+128]{k3}, zmm30
vmovdqu32 xmm1, xmm10
vmovdqu32 xmm6, xmm15
vmovdqu32 xmm10, xmm1
vmovdqu32 xmm15, xmm6
vmovdqu32 xmm6, [rax]
vmovdqu32 xmm6, [rbp]
vmovdqu32 xmm6, [rsp]
vmovdqu32 xmm6, [r12]
vmovdqu32 xmm6, [r13]
vmovdqu32 xmm6, [rsi+64]
vmovdqu32 xmm6, [rsi+4]
vmovdqu32 xmm6, [r9-128]
vmovdqu32 xmm6, [r9-132]
vmovdqu32 xmm6, [r10+127]
vmovdqu32 xmm6, [r10+8192]
vmovdqu32 xmm6, [r10+8128]
vmovdqu32 xmm6, [rax+rcx*4]
vmovdqu32 xmm6, [rbp+r9*8]
vmovdqu32 xmm6, [r13+r12*1-64]
vmovdqu32 xmm6, [rdx+r15*2+100000]
vmovdqu32 ymm1, ymm10
vmovdqu32 ymm6, ymm15
vmovdqu32 ymm10, ymm1
vmovdqu32 ymm15, ymm6
vmovdqu32 ymm6, [rax]
vmovdqu32 ymm6, [rbp]
vmovdqu32 ymm6, [rsp]
vmovdqu32 ymm6, [r12]
vmovdqu32 ymm6, [r13]
vmovdqu32 ymm6, [rsi+64]
vmovdqu32 ymm6, [rsi+4]
vmovdqu32 ymm6, [r9-128]
vmovdqu32 ymm6, [r9-132]
vmovdqu32 ymm6, [r10+127]
vmovdqu32 ymm6, [r10+8192]
vmovdqu32 ymm6, [r10+8128]
vmovdqu32 ymm6, [rax+rcx*4]
vmovdqu32 ymm6, [rbp+r9*8]
vmovdqu32 ymm6, [r13+r12*1-64]
vmovdqu32 ymm6, [rdx+r15*2+100000]
vmovdqu32 zmm0, zmm9
vmovdqu32 zmm0{k1}, zmm9
vmovdqu32 zmm0{k7}{z}, zmm9
vmovdqu32 zmm7, zmm17
vmovdqu32 zmm7{k1}, zmm17
vmovdqu32 zmm7{k7}{z}, zmm17
vmovdqu32 zmm9, zmm31
vmovdqu32 zmm9{k1}, zmm31
vmovdqu32 zmm9{k7}{z}, zmm31
vmovdqu32 zmm17, zmm0
vmovdqu32 zmm17{k1}, zmm0
vmovdqu32 zmm17{k7}{z}, zmm0
vmovdqu32 zmm31, zmm7
vmovdqu32 zmm31{k1}, zmm7
vmovdqu32 zmm31{k7}{z}, zmm7
vmovdqu32 zmm7, [rax]
vmovdqu32 zmm7, [rbp]
vmovdqu32 zmm7, [rsp]
vmovdqu32 zmm7, [r12]
vmovdqu32 zmm7, [r13]
vmovdqu32 zmm7, [rsi+64]
vmovdqu32 zmm7, [rsi+4]
vmovdqu32 zmm7, [r9-128]
vmovdqu32 zmm7, [r9-132]
vmovdqu32 zmm7, [r10+127]
vmovdqu32 zmm7, [r10+8192]
vmovdqu32 zmm7, [r10+8128]
vmovdqu32 zmm7, [rax+rcx*4]
vmovdqu32 zmm7, [rbp+r9*8]
vmovdqu32 zmm7, [r13+r12*1-64]
vmovdqu32 zmm7, [rdx+r15*2+100000]
vmovdqu32 zmm30{k3}, [r8+128]
vmovdqu32 [rax], xmm6
vmovdqu32 [rbp], xmm6
vmovdqu32 [rsp], xmm6
vmovdqu32 [r12], xmm6
vmovdqu32 [r13], xmm6
vmovdqu32 [rsi+64], xmm6
vmovdqu32 [rsi+4], xmm6
vmovdqu32 [r9-128], xmm6
vmovdqu32 [r9-132], xmm6
vmovdqu32 [r10+127], xmm6
vmovdqu32 [r10+8192], xmm6
vmovdqu32 [r10+8128], xmm6
vmovdqu32 [rax+rcx*4], xmm6
vmovdqu32 [rbp+r9*8], xmm6
vmovdqu32 [r13+r12*1-64], xmm6
vmovdqu32 [rdx+r15*2+100000], xmm6
vmovdqu32 [rax], ymm6
vmovdqu32 [rbp], ymm6
vmovdqu32 [rsp], ymm6
vmovdqu32 [r12], ymm6
vmovdqu32 [r13], ymm6
vmovdqu32 [rsi+64], ymm6
vmovdqu32 [rsi+4], ymm6
vmovdqu32 [r9-128], ymm6
vmovdqu32 [r9-132], ymm6
vmovdqu32 [r10+127], ymm6
vmovdqu32 [r10+8192], ymm6
vmovdqu32 [r10+8128], ymm6
vmovdqu32 [rax+rcx*4], ymm6
vmovdqu32 [rbp+r9*8], ymm6
vmovdqu32 [r13+r12*1-64], ymm6
vmovdqu32 [rdx+r15*2+100000], ymm6
vmovdqu32 [rax], zmm7
vmovdqu32 [rbp], zmm7
vmovdqu32 [rsp], zmm7
vmovdqu32 [r12], zmm7
vmovdqu32 [r13], zmm7
vmovdqu32 [rsi+64], zmm7
vmovdqu32 [rsi+4], zmm7
vmovdqu32 [r9-128], zmm7
vmovdqu32 [r9-132], zmm7
vmovdqu32 [r10+127], zmm7
vmovdqu32 [r10+8192], zmm7
vmovdqu32 [r10+8128], zmm7
vmovdqu32 [rax+rcx*4], zmm7
vmovdqu32 [rbp+r9*8], zmm7
vmovdqu32 [r13+r12*1-64], zmm7
vmovdqu32 [rdx+r15*2+100000], zmm7
vmovdqu32 [r8+128]{k3}, zmm30
vmovss [rax], xmm6
vmovss [rbp], xmm6
vmovss [rsp], xmm6
vmovss [r12], xmm6
vmovss [r13], xmm6
vmovss [rsi+64], xmm6
vmovss [rsi+4], xmm6
vmovss [r9-128], xmm6
vmovss [r9-132], xmm6
vmovss [r10+127], xmm6
vmovss [r10+8192], xmm6
vmovss [r10+8128], xmm6
vmovss [rax+rcx*4], xmm6
vmovss [rbp+r9*8], xmm6
vmovss [r13+r12*1-64], xmm6
vmovss [rdx+r15*2+100000], xmm6
vmaskmovps xmm6, xmm15, [rax]
vmaskmovps xmm6, xmm15, [rbp]
vmaskmovps xmm6, xmm15, [rsp]
vmaskmovps xmm6, xmm15, [r12]
vmaskmovps xmm6, xmm15, [r13]
vmaskmovps xmm6, xmm15, [rsi+64]
vmaskmovps xmm6, xmm15, [rsi+4]
vmaskmovps xmm6, xmm15, [r9-128]
vmaskmovps xmm6, xmm15, [r9-132]
vmaskmovps xmm6, xmm15, [r10+127]
vmaskmovps xmm6, xmm15, [r10+8192]
vmaskmovps xmm6, xmm15, [r10+8128]
vmaskmovps xmm6, xmm15, [rax+rcx*4]
vmaskmovps xmm6, xmm15, [rbp+r9*8]
vmaskmovps xmm6, xmm15, [r13+r12*1-64]
vmaskmovps xmm6, xmm15, [rdx+r15*2+100000]
vmaskmovps ymm6, ymm15, [rax]
vmaskmovps ymm6, ymm15, [rbp]
vmaskmovps ymm6, ymm15, [rsp]
vmaskmovps ymm6, ymm15, [r12]
vmaskmovps ymm6, ymm15, [r13]
vmaskmovps ymm6, ymm15, [rsi+64]
vmaskmovps ymm6, ymm15, [rsi+4]
vmaskmovps ymm6, ymm15, [r9-128]
vmaskmovps ymm6, ymm15, [r9-132]
vmaskmovps ymm6, ymm15, [r10+127]
vmaskmovps ymm6, ymm15, [r10+8192]
vmaskmovps ymm6, ymm15, [r10+8128]
vmaskmovps ymm6, ymm15, [rax+rcx*4]
vmaskmovps ymm6, ymm15, [rbp+r9*8]
vmaskmovps ymm6, ymm15, [r13+r12*1-64]
vmaskmovps ymm6, ymm15, [rdx+r15*2+100000]
vmaskmovps [rax], xmm15, xmm6
vmaskmovps [rbp], xmm15, xmm6
vmaskmovps [rsp], xmm15, xmm6
vmaskmovps [r12], xmm15, xmm6
vmaskmovps [r13], xmm15, xmm6
vmaskmovps [rsi+64], xmm15, xmm6
vmaskmovps [rsi+4], xmm15, xmm6
vmaskmovps [r9-128], xmm15, xmm6
vmaskmovps [r9-132], xmm15, xmm6
vmaskmovps [r10+127], xmm15, xmm6
vmaskmovps [r10+8192], xmm15, xmm6
vmaskmovps [r10+8128], xmm15, xmm6
vmaskmovps [rax+rcx*4], xmm15, xmm6
vmaskmovps [rbp+r9*8], xmm15, xmm6
vmaskmovps [r13+r12*1-64], xmm15, xmm6
vmaskmovps [rdx+r15*2+100000], xmm15, xmm6
vmaskmovps [rax], ymm15, ymm6
vmaskmovps [rbp], ymm15, ymm6
vmaskmovps [rsp], ymm15, ymm6
vmaskmovps [r12], ymm15, ymm6
vmaskmovps [r13], ymm15, ymm6
vmaskmovps [rsi+64], ymm15, ymm6
vmaskmovps [rsi+4], ymm15, ymm6
vmaskmovps [r9-128], ymm15, ymm6
vmaskmovps [r9-132], ymm15, ymm6
vmaskmovps [r10+127], ymm15, ymm6
vmaskmovps [r10+8192], ymm15, ymm6
vmaskmovps [r10+8128], ymm15, ymm6
vmaskmovps [rax+rcx*4], ymm15, ymm6
vmaskmovps [rbp+r9*8], ymm15, ymm6
vmaskmovps [r13+r12*1-64], ymm15, ymm6
vmaskmovps [rdx+r15*2+100000], ymm15, ymm6
vbroadcastss xmm6, [rax]
vbroadcastss xmm6, [rbp]
vbroadcastss xmm6, [rsp]
vbroadcastss xmm6, [r12]
vbroadcastss xmm6, [r13]
vbroadcastss xmm6, [rsi+64]
vbroadcastss xmm6, [rsi+4]
vbroadcastss xmm6, [r9-128]
vbroadcastss xmm6, [r9-132]
vbroadcastss xmm6, [r10+127]
vbroadcastss xmm6, [r10+8192]
vbroadcastss xmm6, [r10+8128]
vbroadcastss xmm6, [rax+rcx*4]
vbroadcastss xmm6, [rbp+r9*8]
vbroadcastss xmm6, [r13+r12*1-64]
vbroadcastss xmm6, [rdx+r15*2+100000]
vbroadcastss ymm1, xmm10
vbroadcastss ymm6, xmm15
vbroadcastss ymm10, xmm1
vbroadcastss ymm15, xmm6
vbroadcastss ymm6, [rax]
vbroadcastss ymm6, [rbp]
vbroadcastss ymm6, [rsp]
vbroadcastss ymm6, [r12]
vbroadcastss ymm6, [r13]
vbroadcastss ymm6, [rsi+64]
vbroadcastss ymm6, [rsi+4]
vbroadcastss ymm6, [r9-128]
vbroadcastss ymm6, [r9-132]
vbroadcastss ymm6, [r10+127]
vbroadcastss ymm6, [r10+8192]
vbroadcastss ymm6, [r10+8128]
vbroadcastss ymm6, [rax+rcx*4]
vbroadcastss ymm6, [rbp+r9*8]
vbroadcastss ymm6, [r13+r12*1-64]
vbroadcastss ymm6, [rdx+r15*2+100000]
vbroadcastss zmm0, xmm9
vbroadcastss zmm0{k1}, xmm9
vbroadcastss zmm0{k7}{z}, xmm9
vbroadcastss zmm7, xmm17
vbroadcastss zmm7{k1}, xmm17
vbroadcastss zmm7{k7}{z}, xmm17
vbroadcastss zmm9, xmm31
vbroadcastss zmm9{k1}, xmm31
vbroadcastss zmm9{k7}{z}, xmm31
vbroadcastss zmm17, xmm0
vbroadcastss zmm17{k1}, xmm0
vbroadcastss zmm17{k7}{z}, xmm0
vbroadcastss zmm31, xmm7
vbroadcastss zmm31{k1}, xmm7
vbroadcastss zmm31{k7}{z}, xmm7
vbroadcastss zmm7, [rax]
vbroadcastss zmm7, [rbp]
vbroadcastss zmm7, [rsp]
vbroadcastss zmm7, [r12]
vbroadcastss zmm7, [r13]
vbroadcastss zmm7, [rsi+64]
vbroadcastss zmm7, [rsi+4]
vbroadcastss zmm7, [r9-128]
vbroadcastss zmm7, [r9-132]
vbroadcastss zmm7, [r10+127]
vbroadcastss zmm7, [r10+8192]
vbroadcastss zmm7, [r10+8128]
vbroadcastss zmm7, [rax+rcx*4]
vbroadcastss zmm7, [rbp+r9*8]
vbroadcastss zmm7, [r13+r12*1-64]
vbroadcastss zmm7, [rdx+r15*2+100000]
vbroadcastss zmm30{k3}, [r8+128]
vbroadcastf128 ymm6, [rax]
vbroadcastf128 ymm6, [rbp]
vbroadcastf128 ymm6, [rsp]
vbroadcastf128 ymm6, [r12]
vbroadcastf128 ymm6, [r13]
vbroadcastf128 ymm6, [rsi+64]
vbroadcastf128 ymm6, [rsi+4]
vbroadcastf128 ymm6, [r9-128]
vbroadcastf128 ymm6, [r9-132]
vbroadcastf128 ymm6, [r10+127]
vbroadcastf128 ymm6, [r10+8192]
vbroadcastf128 ymm6, [r10+8128]
vbroadcastf128 ymm6, [rax+rcx*4]
vbroadcastf128 ymm6, [rbp+r9*8]
vbroadcastf128 ymm6, [r13+r12*1-64]
vbroadcastf128 ymm6, [rdx+r15*2+100000]
vbroadcastf32x4 ymm6, [rax]
vbroadcastf32x4 ymm6, [rbp]
vbroadcastf32x4 ymm6, [rsp]
vbroadcastf32x4 ymm6, [r12]
vbroadcastf32x4 ymm6, [r13]
vbroadcastf32x4 ymm6, [rsi+64]
vbroadcastf32x4 ymm6, [rsi+4]
vbroadcastf32x4 ymm6, [r9-128]
vbroadcastf32x4 ymm6, [r9-132]
vbroadcastf32x4 ymm6, [r10+127]
vbroadcastf32x4 ymm6, [r10+8192]
vbroadcastf32x4 ymm6, [r10+8128]
vbroadcastf32x4 ymm6, [rax+rcx*4]
vbroadcastf32x4 ymm6, [rbp+r9*8]
vbroadcastf32x4 ymm6, [r13+r12*1-64]
vbroadcastf32x4 ymm6, [rdx+r15*2+100000]
vbroadcastf32x4 zmm7, [rax]
vbroadcastf32x4 zmm7, [rbp]
vbroadcastf32x4 zmm7, [rsp]
vbroadcastf32x4 zmm7, [r12]
vbroadcastf32x4 zmm7, [r13]
vbroadcastf32x4 zmm7, [rsi+64]
vbroadcastf32x4 zmm7, [rsi+4]
vbroadcastf32x4 zmm7, [r9-128]
vbroadcastf32x4 zmm7, [r9-132]
vbroadcastf32x4 zmm7, [r10+127]
vbroadcastf32x4 zmm7, [r10+8192]
vbroadcastf32x4 zmm7, [r10+8128]
vbroadcastf32x4 zmm7, [rax+rcx*4]
vbroadcastf32x4 zmm7, [rbp+r9*8]
vbroadcastf32x4 zmm7, [r13+r12*1-64]
vbroadcastf32x4 zmm7, [rdx+r15*2+100000]
vbroadcastf32x4 zmm30{k3}, [r8+128]
vbroadcastf64x4 zmm7, [rax]
vbroadcastf64x4 zmm7, [rbp]
vbroadcastf64x4 zmm7, [rsp]
vbroadcastf64x4 zmm7, [r12]
vbroadcastf64x4 zmm7, [r13]
vbroadcastf64x4 zmm7, [rsi+64]
vbroadcastf64x4 zmm7, [rsi+4]
vbroadcastf64x4 zmm7, [r9-128]
vbroadcastf64x4 zmm7, [r9-132]
vbroadcastf64x4 zmm7, [r10+127]
vbroadcastf64x4 zmm7, [r10+8192]
vbroadcastf64x4 zmm7, [r10+8128]
vbroadcastf64x4 zmm7, [rax+rcx*4]
vbroadcastf64x4 zmm7, [rbp+r9*8]
vbroadcastf64x4 zmm7, [r13+r12*1-64]
vbroadcastf64x4 zmm7, [rdx+r15*2+100000]
vbroadcastf64x4 zmm30{k3}, [r8+128]
vpbroadcastb xmm1, xmm10
vpbroadcastb xmm6, xmm15
vpbroadcastb xmm10, xmm1
vpbroadcastb xmm15, xmm6
vpbroadcastb xmm6, [rax]
vpbroadcastb xmm6, [rbp]
vpbroadcastb xmm6, [rsp]
vpbroadcastb xmm6, [r12]
vpbroadcastb xmm6, [r13]
vpbroadcastb xmm6, [rsi+64]
vpbroadcastb xmm6, [rsi+4]
vpbroadcastb xmm6, [r9-128]
vpbroadcastb xmm6, [r9-132]
vpbroadcastb xmm6, [r10+127]
vpbroadcastb xmm6, [r10+8192]
vpbroadcastb xmm6, [r10+8128]
vpbroadcastb xmm6, [rax+rcx*4]
vpbroadcastb xmm6, [rbp+r9*8]
vpbroadcastb xmm6, [r13+r12*1-64]
vpbroadcastb xmm6, [rdx+r15*2+100000]
vpbroadcastb ymm1, xmm10
vpbroadcastb ymm6, xmm15
vpbroadcastb ymm10, xmm1
vpbroadcastb ymm15, xmm6
vpbroadcastb ymm6, [rax]
vpbroadcastb ymm6, [rbp]
vpbroadcastb ymm6, [rsp]
vpbroadcastb ymm6, [r12]
vpbroadcastb ymm6, [r13]
vpbroadcastb ymm6, [rsi+64]
vpbroadcastb ymm6, [rsi+4]
vpbroadcastb ymm6, [r9-128]
vpbroadcastb ymm6, [r9-132]
vpbroadcastb ymm6, [r10+127]
vpbroadcastb ymm6, [r10+8192]
vpbroadcastb ymm6, [r10+8128]
vpbroadcastb ymm6, [rax+rcx*4]
vpbroadcastb ymm6, [rbp+r9*8]
vpbroadcastb ymm6, [r13+r12*1-64]
vpbroadcastb ymm6, [rdx+r15*2+100000]
vpbroadcastb zmm0, xmm9
vpbroadcastb zmm0{k1}, xmm9
vpbroadcastb zmm0{k7}{z}, xmm9
vpbroadcastb zmm7, xmm17
vpbroadcastb zmm7{k1}, xmm17
vpbroadcastb zmm7{k7}{z}, xmm17
vpbroadcastb zmm9, xmm31
vpbroadcastb zmm9{k1}, xmm31
vpbroadcastb zmm9{k7}{z}, xmm31
vpbroadcastb zmm17, xmm0
vpbroadcastb zmm17{k1}, xmm0
vpbroadcastb zmm17{k7}{z}, xmm0
vpbroadcastb zmm31, xmm7
vpbroadcastb zmm31{k1}, xmm7
vpbroadcastb zmm31{k7}{z}, xmm7
vpbroadcastb zmm7, [rax]
vpbroadcastb zmm7, [rbp]
vpbroadcastb zmm7, [rsp]
vpbroadcastb zmm7, [r12]
vpbroadcastb zmm7, [r13]
vpbroadcastb zmm7, [rsi+64]
vpbroadcastb zmm7, [rsi+4]
vpbroadcastb zmm7, [r9-128]
vpbroadcastb zmm7, [r9-132]
vpbroadcastb zmm7, [r10+127]
vpbroadcastb zmm7, [r10+8192]
vpbroadcastb zmm7, [r10+8128]
vpbroadcastb zmm7, [rax+rcx*4]
vpbroadcastb zmm7, [rbp+r9*8]
vpbroadcastb zmm7, [r13+r12*1-64]
vpbroadcastb zmm7, [rdx+r15*2+100000]
vpbroadcastb zmm30{k3}, [r8+128]
vpbroadcastw xmm1, xmm10
vpbroadcastw xmm6, xmm15
vpbroadcastw xmm10, xmm1
vpbroadcastw xmm15, xmm6
vpbroadcastw xmm6, [rax]
vpbroadcastw xmm6, [rbp]
vpbroadcastw xmm6, [rsp]
vpbroadcastw xmm6, [r12]
vpbroadcastw xmm6, [r13]
vpbroadcastw xmm6, [rsi+64]
vpbroadcastw xmm6, [rsi+4]
vpbroadcastw xmm6, [r9-128]
vpbroadcastw xmm6, [r9-132]
vpbroadcastw xmm6, [r10+127]
vpbroadcastw xmm6, [r10+8192]
vpbroadcastw xmm6, [r10+8128]
vpbroadcastw xmm6, [rax+rcx*4]
vpbroadcastw xmm6, [rbp+r9*8]
vpbroadcastw xmm6, [r13+r12*1-64]
vpbroadcastw xmm6, [rdx+r15*2+100000]
vpbroadcastw ymm1, xmm10
vpbroadcastw ymm6, xmm15
vpbroadcastw ymm10, xmm1
vpbroadcastw ymm15, xmm6
vpbroadcastw ymm6, [rax]
vpbroadcastw ymm6, [rbp]
vpbroadcastw ymm6, [rsp]
vpbroadcastw ymm6, [r12]
vpbroadcastw ymm6, [r13]
vpbroadcastw ymm6, [rsi+64]
vpbroadcastw ymm6, [rsi+4]
vpbroadcastw ymm6, [r9-128]
vpbroadcastw ymm6, [r9-132]
vpbroadcastw ymm6, [r10+127]
vpbroadcastw ymm6, [r10+8192]
vpbroadcastw ymm6, [r10+8128]
vpbroadcastw ymm6, [rax+rcx*4]
vpbroadcastw ymm6, [rbp+r9*8]
vpbroadcastw ymm6, [r13+r12*1-64]
vpbroadcastw ymm6, [rdx+r15*2+100000]
vpbroadcastw zmm0, xmm9
vpbroadcastw zmm0{k1}, xmm9
vpbroadcastw zmm0{k7}{z}, xmm9
vpbroadcastw zmm7, xmm17
vpbroadcastw zmm7{k1}, xmm17
vpbroadcastw zmm7{k7}{z}, xmm17
vpbroadcastw zmm9, xmm31
vpbroadcastw zmm9{k1}, xmm31
vpbroadcastw zmm9{k7}{z}, xmm31
vpbroadcastw zmm17, xmm0
vpbroadcastw zmm17{k1}, xmm0
vpbroadcastw zmm17{k7}{z}, xmm0
vpbroadcastw zmm31, xmm7
vpbroadcastw zmm31{k1}, xmm7
vpbroadcastw zmm31{k7}{z}, xmm7
vpbroadcastw zmm7, [rax]
vpbroadcastw zmm7, [rbp]
vpbroadcastw zmm7, [rsp]
vpbroadcastw zmm7, [r12]
vpbroadcastw zmm7, [r13]
vpbroadcastw zmm7, [rsi+64]
vpbroadcastw zmm7, [rsi+4]
vpbroadcastw zmm7, [r9-128]
vpbroadcastw zmm7, [r9-132]
vpbroadcastw zmm7, [r10+127]
vpbroadcastw zmm7, [r10+8192]
vpbroadcastw zmm7, [r10+8128]
vpbroadcastw zmm7, [rax+rcx*4]
vpbroadcastw zmm7, [rbp+r9*8]
vpbroadcastw zmm7, [r13+r12*1-64]
vpbroadcastw zmm7, [rdx+r15*2+100000]
vpbroadcastw zmm30{k3}, [r8+128]
vpbroadcastd xmm1, xmm10
vpbroadcastd xmm6, xmm15
vpbroadcastd xmm10, xmm1
vpbroadcastd xmm15, xmm6
vpbroadcastd xmm6, [rax]
vpbroadcastd xmm6, [rbp]
vpbroadcastd xmm6, [rsp]
vpbroadcastd xmm6, [r12]
vpbroadcastd xmm6, [r13]
vpbroadcastd xmm6, [rsi+64]
vpbroadcastd xmm6, [rsi+4]
vpbroadcastd xmm6, [r9-128]
vpbroadcastd xmm6, [r9-132]
vpbroadcastd xmm6, [r10+127]
vpbroadcastd xmm6, [r10+8192]
vpbroadcastd xmm6, [r10+8128]
vpbroadcastd xmm6, [rax+rcx*4]
vpbroadcastd xmm6, [rbp+r9*8]
vpbroadcastd xmm6, [r13+r12*1-64]
vpbroadcastd xmm6, [rdx+r15*2+100000]
vpbroadcastd ymm1, xmm10
vpbroadcastd ymm6, xmm15
vpbroadcastd ymm10, xmm1
vpbroadcastd ymm15, xmm6
vpbroadcastd ymm6, [rax]
vpbroadcastd ymm6, [rbp]
vpbroadcastd ymm6, [rsp]
vpbroadcastd ymm6, [r12]
vpbroadcastd ymm6, [r13]
vpbroadcastd ymm6, [rsi+64]
vpbroadcastd ymm6, [rsi+4]
vpbroadcastd ymm6, [r9-128]
vpbroadcastd ymm6, [r9-132]
vpbroadcastd ymm6, [r10+127]
vpbroadcastd ymm6, [r10+8192]
vpbroadcastd ymm6, [r10+8128]
vpbroadcastd ymm6, [rax+rcx*4]
vpbroadcastd ymm6, [rbp+r9*8]
vpbroadcastd ymm6, [r13+r12*1-64]
vpbroadcastd ymm6, [rdx+r15*2+100000]
vpbroadcastd zmm0, xmm9
vpbroadcastd zmm0{k1}, xmm9
vpbroadcastd zmm0{k7}{z}, xmm9
vpbroadcastd zmm7, xmm17
vpbroadcastd zmm7{k1}, xmm17
vpbroadcastd zmm7{k7}{z}, xmm17
vpbroadcastd zmm9, xmm31
vpbroadcastd zmm9{k1}, xmm31
vpbroadcastd zmm9{k7}{z}, xmm31
vpbroadcastd zmm17, xmm0
vpbroadcastd zmm17{k1}, xmm0
vpbroadcastd zmm17{k7}{z}, xmm0
vpbroadcastd zmm31, xmm7
vpbroadcastd zmm31{k1}, xmm7
vpbroadcastd zmm31{k7}{z}, xmm7
vpbroadcastd zmm7, [rax]
vpbroadcastd zmm7, [rbp]
vpbroadcastd zmm7, [rsp]
vpbroadcastd zmm7, [r12]
vpbroadcastd zmm7, [r13]
vpbroadcastd zmm7, [rsi+64]
vpbroadcastd zmm7, [rsi+4]
vpbroadcastd zmm7, [r9-128]
vpbroadcastd zmm7, [r9-132]
vpbroadcastd zmm7, [r10+127]
vpbroadcastd zmm7, [r10+8192]
vpbroadcastd zmm7, [r10+8128]
vpbroadcastd zmm7, [rax+rcx*4]
vpbroadcastd zmm7, [rbp+r9*8]
vpbroadcastd zmm7, [r13+r12*1-64]
vpbroadcastd zmm7, [rdx+r15*2+100000]
vpbroadcastd zmm30{k3}, [r8+128]
vpbroadcastq xmm1, xmm10
vpbroadcastq xmm6, xmm15
vpbroadcastq xmm10, xmm1
vpbroadcastq xmm15, xmm6
vpbroadcastq xmm6, [rax]
vpbroadcastq xmm6, [rbp]
vpbroadcastq xmm6, [rsp]
vpbroadcastq xmm6, [r12]
vpbroadcastq xmm6, [r13]
vpbroadcastq xmm6, [rsi+64]
vpbroadcastq xmm6, [rsi+4]
vpbroadcastq xmm6, [r9-128]
vpbroadcastq xmm6, [r9-132]
vpbroadcastq xmm6, [r10+127]
vpbroadcastq xmm6, [r10+8192]
vpbroadcastq xmm6, [r10+8128]
vpbroadcastq xmm6, [rax+rcx*4]
vpbroadcastq xmm6, [rbp+r9*8]
vpbroadcastq xmm6, [r13+r12*1-64]
vpbroadcastq xmm6, [rdx+r15*2+100000]
vpbroadcastq ymm1, xmm10
vpbroadcastq ymm6, xmm15
vpbroadcastq ymm10, xmm1
vpbroadcastq ymm15, xmm6
vpbroadcastq ymm6, [rax]
vpbroadcastq ymm6, [rbp]
vpbroadcastq ymm6, [rsp]
vpbroadcastq ymm6, [r12]
vpbroadcastq ymm6, [r13]
vpbroadcastq ymm6, [rsi+64]
vpbroadcastq ymm6, [rsi+4]
vpbroadcastq ymm6, [r9-128]
vpbroadcastq ymm6, [r9-132]
vpbroadcastq ymm6, [r10+127]
vpbroadcastq ymm6, [r10+8192]
vpbroadcastq ymm6, [r10+8128]
vpbroadcastq ymm6, [rax+rcx*4]
vpbroadcastq ymm6, [rbp+r9*8]
vpbroadcastq ymm6, [r13+r12*1-64]
vpbroadcastq ymm6, [rdx+r15*2+100000]
vpbroadcastq zmm0, xmm9
vpbroadcastq zmm0{k1}, xmm9
vpbroadcastq zmm0{k7}{z}, xmm9
vpbroadcastq zmm7, xmm17
vpbroadcastq zmm7{k1}, xmm17
vpbroadcastq zmm7{k7}{z}, xmm17
vpbroadcastq zmm9, xmm31
vpbroadcastq zmm9{k1}, xmm31
vpbroadcastq zmm9{k7}{z}, xmm31
vpbroadcastq zmm17, xmm0
vpbroadcastq zmm17{k1}, xmm0
vpbroadcastq zmm17{k7}{z}, xmm0
vpbroadcastq zmm31, xmm7
vpbroadcastq zmm31{k1}, xmm7
vpbroadcastq zmm31{k7}{z}, xmm7
vpbroadcastq zmm7, [rax]
vpbroadcastq zmm7, [rbp]
vpbroadcastq zmm7, [rsp]
vpbroadcastq zmm7, [r12]
vpbroadcastq zmm7, [r13]
vpbroadcastq zmm7, [rsi+64]
vpbroadcastq zmm7, [rsi+4]
vpbroadcastq zmm7, [r9-128]
vpbroadcastq zmm7, [r9-132]
vpbroadcastq zmm7, [r10+127]
vpbroadcastq zmm7, [r10+8192]
vpbroadcastq zmm7, [r10+8128]
vpbroadcastq zmm7, [rax+rcx*4]
vpbroadcastq zmm7, [rbp+r9*8]
vpbroadcastq zmm7, [r13+r12*1-64]
vpbroadcastq zmm7, [rdx+r15*2+100000]
vpbroadcastq zmm30{k3}, [r8+128]
vaddps xmm1, xmm6, xmm10
vaddps xmm6, xmm10, xmm15
vaddps xmm10, xmm15, xmm1
vaddps xmm15, xmm1, xmm6
vaddps xmm6, xmm15, [rax]
vaddps xmm6, xmm15, [rbp]
vaddps xmm6, xmm15, [rsp]
vaddps xmm6, xmm15, [r12]
vaddps xmm6, xmm15, [r13]
vaddps xmm6, xmm15, [rsi+64]
vaddps xmm6, xmm15, [rsi+4]
vaddps xmm6, xmm15, [r9-128]
vaddps xmm6, xmm15, [r9-132]
vaddps xmm6, xmm15, [r10+127]
vaddps xmm6, xmm15, [r10+8192]
vaddps xmm6, xmm15, [r10+8128]
vaddps xmm6, xmm15, [rax+rcx*4]
vaddps xmm6, xmm15, [rbp+r9*8]
vaddps xmm6, xmm15, [r13+r12*1-64]
vaddps xmm6, xmm15, [rdx+r15*2+100000]
vaddps ymm1, ymm6, ymm10
vaddps ymm6, ymm10, ymm15
vaddps ymm10, ymm15, ymm1
vaddps ymm15, ymm1, ymm6
vaddps ymm6, ymm15, [rax]
vaddps ymm6, ymm15, [rbp]
vaddps ymm6, ymm15, [rsp]
vaddps ymm6, ymm15, [r12]
vaddps ymm6, ymm15, [r13]
vaddps ymm6, ymm15, [rsi+64]
vaddps ymm6, ymm15, [rsi+4]
vaddps ymm6, ymm15, [r9-128]
vaddps ymm6, ymm15, [r9-132]
vaddps ymm6, ymm15, [r10+127]
vaddps ymm6, ymm15, [r10+8192]
vaddps ymm6, ymm15, [r10+8128]
vaddps ymm6, ymm15, [rax+rcx*4]
vaddps ymm6, ymm15, [rbp+r9*8]
vaddps ymm6, ymm15, [r13+r12*1-64]
vaddps ymm6, ymm15, [rdx+r15*2+100000]
vaddps zmm0, zmm7, zmm9
vaddps zmm0{k1}, zmm7, zmm9
vaddps zmm0{k7}{z}, zmm7, zmm9
vaddps zmm7, zmm9, zmm17
vaddps zmm7{k1}, zmm9, zmm17
vaddps zmm7{k7}{z}, zmm9, zmm17
vaddps zmm9, zmm17, zmm31
vaddps zmm9{k1}, zmm17, zmm31
vaddps zmm9{k7}{z}, zmm17, zmm31
vaddps zmm17, zmm31, zmm0
vaddps zmm17{k1}, zmm31, zmm0
vaddps zmm17{k7}{z}, zmm31, zmm0
vaddps zmm31, zmm0, zmm7
vaddps zmm31{k1}, zmm0, zmm7
vaddps zmm31{k7}{z}, zmm0, zmm7
vaddps zmm7, zmm17, [rax]
vaddps zmm7, zmm17, [rbp]
vaddps zmm7, zmm17, [rsp]
vaddps zmm7, zmm17, [r12]
vaddps zmm7, zmm17, [r13]
vaddps zmm7, zmm17, [rsi+64]
vaddps zmm7, zmm17, [rsi+4]
vaddps zmm7, zmm17, [r9-128]
vaddps zmm7, zmm17, [r9-132]
vaddps zmm7, zmm17, [r10+127]
vaddps zmm7, zmm17, [r10+8192]
vaddps zmm7, zmm17, [r10+8128]
vaddps zmm7, zmm17, [rax+rcx*4]
vaddps zmm7, zmm17, [rbp+r9*8]
vaddps zmm7, zmm17, [r13+r12*1-64]
vaddps zmm7, zmm17, [rdx+r15*2+100000]
vaddps zmm30{k3}, zmm2, [r8+128]
vaddps zmm30, zmm2, [r8+12]{1to16}
vaddps zmm3, zmm2, [rsp+512]{1to16}
vmulps xmm1, xmm6, xmm10
vmulps xmm6, xmm10, xmm15
vmulps xmm10, xmm15, xmm1
vmulps xmm15, xmm1, xmm6
vmulps xmm6, xmm15, [rax]
vmulps xmm6, xmm15, [rbp]
vmulps xmm6, xmm15, [rsp]
vmulps xmm6, xmm15, [r12]
vmulps xmm6, xmm15, [r13]
vmulps xmm6, xmm15, [rsi+64]
vmulps xmm6, xmm15, [rsi+4]
vmulps xmm6, xmm15, [r9-128]
vmulps xmm6, xmm15, [r9-132]
vmulps xmm6, xmm15, [r10+127]
vmulps xmm6, xmm15, [r10+8192]
vmulps xmm6, xmm15, [r10+8128]
vmulps xmm6, xmm15, [rax+rcx*4]
vmulps xmm6, xmm15, [rbp+r9*8]
vmulps xmm6, xmm15, [r13+r12*1-64]
vmulps xmm6, xmm15, [rdx+r15*2+100000]
vmulps ymm1, ymm6, ymm10
vmulps ymm6, ymm10, ymm15
vmulps ymm10, ymm15, ymm1
vmulps ymm15, ymm1, ymm6
vmulps ymm6, ymm15, [rax]
vmulps ymm6, ymm15, [rbp]
vmulps ymm6, ymm15, [rsp]
vmulps ymm6, ymm15, [r12]
vmulps ymm6, ymm15, [r13]
vmulps ymm6, ymm15, [rsi+64]
vmulps ymm6, ymm15, [rsi+4]
vmulps ymm6, ymm15, [r9-128]
vmulps ymm6, ymm15, [r9-132]
vmulps ymm6, ymm15, [r10+127]
vmulps ymm6, ymm15, [r10+8192]
vmulps ymm6, ymm15, [r10+8128]
vmulps ymm6, ymm15, [rax+rcx*4]
vmulps ymm6, ymm15, [rbp+r9*8]
vmulps ymm6, ymm15, [r13+r12*1-64]
vmulps ymm6, ymm15, [rdx+r15*2+100000]
vmulps zmm0, zmm7, zmm9
vmulps zmm0{k1}, zmm7, zmm9
vmulps zmm0{k7}{z}, zmm7, zmm9
vmulps zmm7, zmm9, zmm17
vmulps zmm7{k1}, zmm9, zmm17
vmulps zmm7{k7}{z}, zmm9, zmm17
vmulps zmm9, zmm17, zmm31
vmulps zmm9{k1}, zmm17, zmm31
vmulps zmm9{k7}{z}, zmm17, zmm31
vmulps zmm17, zmm31, zmm0
vmulps zmm17{k1}, zmm31, zmm0
vmulps zmm17{k7}{z}, zmm31, zmm0
vmulps zmm31, zmm0, zmm7
vmulps zmm31{k1}, zmm0, zmm7
vmulps zmm31{k7}{z}, zmm0, zmm7
vmulps zmm7, zmm17, [rax]
vmulps zmm7, zmm17, [rbp]
vmulps zmm7, zmm17, [rsp]
vmulps zmm7, zmm17, [r12]
vmulps zmm7, zmm17, [r13]
vmulps zmm7, zmm17, [rsi+64]
vmulps zmm7, zmm17, [rsi+4]
vmulps zmm7, zmm17, [r9-128]
vmulps zmm7, zmm17, [r9-132]
vmulps zmm7, zmm17, [r10+127]
vmulps zmm7, zmm17, [r10+8192]
vmulps zmm7, zmm17, [r10+8128]
vmulps zmm7, zmm17, [rax+rcx*4]
vmulps zmm7, zmm17, [rbp+r9*8]
vmulps zmm7, zmm17, [r13+r12*1-64]
vmulps zmm7, zmm17, [rdx+r15*2+100000]
vmulps zmm30{k3}, zmm2, [r8+128]
vmulps zmm30, zmm2, [r8+12]{1to16}
vmulps zmm3, zmm2, [rsp+512]{1to16}
vsubps xmm1, xmm6, xmm10
vsubps xmm6, xmm10, xmm15
vsubps xmm10, xmm15, xmm1
vsubps xmm15, xmm1, xmm6
vsubps xmm6, xmm15, [rax]
vsubps xmm6, xmm15, [rbp]
vsubps xmm6, xmm15, [rsp]
vsubps xmm6, xmm15, [r12]
vsubps xmm6, xmm15, [r13]
vsubps xmm6, xmm15, [rsi+64]
vsubps xmm6, xmm15, [rsi+4]
vsubps xmm6, xmm15, [r9-128]
vsubps xmm6, xmm15, [r9-132]
vsubps xmm6, xmm15, [r10+127]
vsubps xmm6, xmm15, [r10+8192]
vsubps xmm6, xmm15, [r10+8128]
vsubps xmm6, xmm15, [rax+rcx*4]
vsubps xmm6, xmm15, [rbp+r9*8]
vsubps xmm6, xmm15, [r13+r12*1-64]
vsubps xmm6, xmm15, [rdx+r15*2+100000]
vsubps ymm1, ymm6, ymm10
vsubps ymm6, ymm10, ymm15
vsubps ymm10, ymm15, ymm1
vsubps ymm15, ymm1, ymm6
vsubps ymm6, ymm15, [rax]
vsubps ymm6, ymm15, [rbp]
vsubps ymm6, ymm15, [rsp]
vsubps ymm6, ymm15, [r12]
vsubps ymm6, ymm15, [r13]
vsubps ymm6, ymm15, [rsi+64]
vsubps ymm6, ymm15, [rsi+4]
vsubps ymm6, ymm15, [r9-128]
vsubps ymm6, ymm15, [r9-132]
vsubps ymm6, ymm15, [r10+127]
vsubps ymm6, ymm15, [r10+8192]
vsubps ymm6, ymm15, [r10+8128]
vsubps ymm6, ymm15, [rax+rcx*4]
vsubps ymm6, ymm15, [rbp+r9*8]
vsubps ymm6, ymm15, [r13+r12*1-64]
vsubps ymm6, ymm15, [rdx+r15*2+100000]
vsubps zmm0, zmm7, zmm9
vsubps zmm0{k1}, zmm7, zmm9
vsubps zmm0{k7}{z}, zmm7, zmm9
vsubps zmm7, zmm9, zmm17
vsubps zmm7{k1}, zmm9, zmm17
vsubps zmm7{k7}{z}, zmm9, zmm17
vsubps zmm9, zmm17, zmm31
vsubps zmm9{k1}, zmm17, zmm31
vsubps zmm9{k7}{z}, zmm17, zmm31
vsubps zmm17, zmm31, zmm0
vsubps zmm17{k1}, zmm31, zmm0
vsubps zmm17{k7}{z}, zmm31, zmm0
vsubps zmm31, zmm0, zmm7
vsubps zmm31{k1}, zmm0, zmm7
vsubps zmm31{k7}{z}, zmm0, zmm7
vsubps zmm7, zmm17, [rax]
vsubps zmm7, zmm17, [rbp]
vsubps zmm7, zmm17, [rsp]
vsubps zmm7, zmm17, [r12]
vsubps zmm7, zmm17, [r13]
vsubps zmm7, zmm17, [rsi+64]
vsubps zmm7, zmm17, [rsi+4]
vsubps zmm7, zmm17, [r9-128]
vsubps zmm7, zmm17, [r9-132]
vsubps zmm7, zmm17, [r10+127]
vsubps zmm7, zmm17, [r10+8192]
vsubps zmm7, zmm17, [r10+8128]
vsubps zmm7, zmm17, [rax+rcx*4]
vsubps zmm7, zmm17, [rbp+r9*8]
vsubps zmm7, zmm17, [r13+r12*1-64]
vsubps zmm7, zmm17, [rdx+r15*2+100000]
vsubps zmm30{k3}, zmm2, [r8+128]
vsubps zmm30, zmm2, [r8+12]{1to16}
vsubps zmm3, zmm2, [rsp+512]{1to16}
vminps xmm1, xmm6, xmm10
vminps xmm6, xmm10, xmm15
vminps xmm10, xmm15, xmm1
vminps xmm15, xmm1, xmm6
vminps xmm6, xmm15, [rax]
vminps xmm6, xmm15, [rbp]
vminps xmm6, xmm15, [rsp]
vminps xmm6, xmm15, [r12]
vminps xmm6, xmm15, [r13]
vminps xmm6, xmm15, [rsi+64]
vminps xmm6, xmm15, [rsi+4]
vminps xmm6, xmm15, [r9-128]
vminps xmm6, xmm15, [r9-132]
vminps xmm6, xmm15, [r10+127]
vminps xmm6, xmm15, [r10+8192]
vminps xmm6, xmm15, [r10+8128]
vminps xmm6, xmm15, [rax+rcx*4]
vminps xmm6, xmm15, [rbp+r9*8]
vminps xmm6, xmm15, [r13+r12*1-64]
vminps xmm6, xmm15, [rdx+r15*2+100000]
vminps ymm1, ymm6, ymm10
vminps ymm6, ymm10, ymm15
vminps ymm10, ymm15, ymm1
vminps ymm15, ymm1, ymm6
vminps ymm6, ymm15, [rax]
vminps ymm6, ymm15, [rbp]
vminps ymm6, ymm15, [rsp]
vminps ymm6, ymm15, [r12]
vminps ymm6, ymm15, [r13]
vminps ymm6, ymm15, [rsi+64]
vminps ymm6, ymm15, [rsi+4]
vminps ymm6, ymm15, [r9-128]
vminps ymm6, ymm15, [r9-132]
vminps ymm6, ymm15, [r10+127]
vminps ymm6, ymm15, [r10+8192]
vminps ymm6, ymm15, [r10+8128]
vminps ymm6, ymm15, [rax+rcx*4]
vminps ymm6, ymm15, [rbp+r9*8]
vminps ymm6, ymm15, [r13+r12*1-64]
vminps ymm6, ymm15, [rdx+r15*2+100000]
vminps zmm0, zmm7, zmm9
vminps zmm0{k1}, zmm7, zmm9
vminps zmm0{k7}{z}, zmm7, zmm9
vminps zmm7, zmm9, zmm17
vminps zmm7{k1}, zmm9, zmm17
vminps zmm7{k7}{z}, zmm9, zmm17
vminps zmm9, zmm17, zmm31
vminps zmm9{k1}, zmm17, zmm31
vminps zmm9{k7}{z}, zmm17, zmm31
vminps zmm17, zmm31, zmm0
vminps zmm17{k1}, zmm31, zmm0
vminps zmm17{k7}{z}, zmm31, zmm0
vminps zmm31, zmm0, zmm7
vminps zmm31{k1}, zmm0, zmm7
vminps zmm31{k7}{z}, zmm0, zmm7
vminps zmm7, zmm17, [rax]
vminps zmm7, zmm17, [rbp]
vminps zmm7, zmm17, [rsp]
vminps zmm7, zmm17, [r12]
vminps zmm7, zmm17, [r13]
vminps zmm7, zmm17, [rsi+64]
vminps zmm7, zmm17, [rsi+4]
vminps zmm7, zmm17, [r9-128]
vminps zmm7, zmm17, [r9-132]
vminps zmm7, zmm17, [r10+127]
vminps zmm7, zmm17, [r10+8192]
vminps zmm7, zmm17, [r10+8128]
vminps zmm7, zmm17, [rax+rcx*4]
vminps zmm7, zmm17, [rbp+r9*8]
vminps zmm7, zmm17, [r13+r12*1-64]
vminps zmm7, zmm17, [rdx+r15*2+100000]
vminps zmm30{k3}, zmm2, [r8+128]
vminps zmm30, zmm2, [r8+12]{1to16}
vminps zmm3, zmm2, [rsp+512]{1to16}
vdivps xmm1, xmm6, xmm10
vdivps xmm6, xmm10, xmm15
vdivps xmm10, xmm15, xmm1
vdivps xmm15, xmm1, xmm6
vdivps xmm6, xmm15, [rax]
vdivps xmm6, xmm15, [rbp]
vdivps xmm6, xmm15, [rsp]
vdivps xmm6, xmm15, [r12]
vdivps xmm6, xmm15, [r13]
vdivps xmm6, xmm15, [rsi+64]
vdivps xmm6, xmm15, [rsi+4]
vdivps xmm6, xmm15, [r9-128]
vdivps xmm6, xmm15, [r9-132]
vdivps xmm6, xmm15, [r10+127]
vdivps xmm6, xmm15, [r10+8192]
vdivps xmm6, xmm15, [r10+8128]
vdivps xmm6, xmm15, [rax+rcx*4]
vdivps xmm6, xmm15, [rbp+r9*8]
vdivps xmm6, xmm15, [r13+r12*1-64]
vdivps xmm6, xmm15, [rdx+r15*2+100000]
vdivps ymm1, ymm6, ymm10
vdivps ymm6, ymm10, ymm15
vdivps ymm10, ymm15, ymm1
vdivps ymm15, ymm1, ymm6
vdivps ymm6, ymm15, [rax]
vdivps ymm6, ymm15, [rbp]
vdivps ymm6, ymm15, [rsp]
vdivps ymm6, ymm15, [r12]
vdivps ymm6, ymm15, [r13]
vdivps ymm6, ymm15, [rsi+64]
vdivps ymm6, ymm15, [rsi+4]
vdivps ymm6, ymm15, [r9-128]
vdivps ymm6, ymm15, [r9-132]
vdivps ymm6, ymm15, [r10+127]
vdivps ymm6, ymm15, [r10+8192]
vdivps ymm6, ymm15, [r10+8128]
vdivps ymm6, ymm15, [rax+rcx*4]
vdivps ymm6, ymm15, [rbp+r9*8]
vdivps ymm6, ymm15, [r13+r12*1-64]
vdivps ymm6, ymm15, [rdx+r15*2+100000]
vdivps zmm0, zmm7, zmm9
vdivps zmm0{k1}, zmm7, zmm9
vdivps zmm0{k7}{z}, zmm7, zmm9
vdivps zmm7, zmm9, zmm17
vdivps zmm7{k1}, zmm9, zmm17
vdivps zmm7{k7}{z}, zmm9, zmm17
vdivps zmm9, zmm17, zmm31
vdivps zmm9{k1}, zmm17, zmm31
vdivps zmm9{k7}{z}, zmm17, zmm31
vdivps zmm17, zmm31, zmm0
vdivps zmm17{k1}, zmm31, zmm0
vdivps zmm17{k7}{z}, zmm31, zmm0
vdivps zmm31, zmm0, zmm7
vdivps zmm31{k1}, zmm0, zmm7
vdivps zmm31{k7}{z}, zmm0, zmm7
vdivps zmm7, zmm17, [rax]
vdivps zmm7, zmm17, [rbp]
vdivps zmm7, zmm17, [rsp]
vdivps zmm7, zmm17, [r12]
vdivps zmm7, zmm17, [r13]
vdivps zmm7, zmm17, [rsi+64]
vdivps zmm7, zmm17, [rsi+4]
vdivps zmm7, zmm17, [r9-128]
vdivps zmm7, zmm17, [r9-132]
vdivps zmm7, zmm17, [r10+127]
vdivps zmm7, zmm17, [r10+8192]
vdivps zmm7, zmm17, [r10+8128]
vdivps zmm7, zmm17, [rax+rcx*4]
vdivps zmm7, zmm17, [rbp+r9*8]
vdivps zmm7, zmm17, [r13+r12*1-64]
vdivps zmm7, zmm17, [rdx+r15*2+100000]
vdivps zmm30{k3}, zmm2, [r8+128]
vdivps zmm30, zmm2, [r8+12]{1to16}
vdivps zmm3, zmm2, [rsp+512]{1to16}
vmaxps xmm1, xmm6, xmm10
vmaxps xmm6, xmm10, xmm15
vmaxps xmm10, xmm15, xmm1
vmaxps xmm15, xmm1, xmm6
vmaxps xmm6, xmm15, [rax]
vmaxps xmm6, xmm15, [rbp]
vmaxps xmm6, xmm15, [rsp]
vmaxps xmm6, xmm15, [r12]
vmaxps xmm6, xmm15, [r13]
vmaxps xmm6, xmm15, [rsi+64]
vmaxps xmm6, xmm15, [rsi+4]
vmaxps xmm6, xmm15, [r9-128]
vmaxps xmm6, xmm15, [r9-132]
vmaxps xmm6, xmm15, [r10+127]
vmaxps xmm6, xmm15, [r10+8192]
vmaxps xmm6, xmm15, [r10+8128]
vmaxps xmm6, xmm15, [rax+rcx*4]
vmaxps xmm6, xmm15, [rbp+r9*8]
vmaxps xmm6, xmm15, [r13+r12*1-64]
vmaxps xmm6, xmm15, [rdx+r15*2+100000]
vmaxps ymm1, ymm6, ymm10
vmaxps ymm6, ymm10, ymm15
vmaxps ymm10, ymm15, ymm1
vmaxps ymm15, ymm1, ymm6
vmaxps ymm6, ymm15, [rax]
vmaxps ymm6, ymm15, [rbp]
vmaxps ymm6, ymm15, [rsp]
vmaxps ymm6, ymm15, [r12]
vmaxps ymm6, ymm15, [r13]
vmaxps ymm6, ymm15, [rsi+64]
vmaxps ymm6, ymm15, [rsi+4]
vmaxps ymm6, ymm15, [r9-128]
vmaxps ymm6, ymm15, [r9-132]
vmaxps ymm6, ymm15, [r10+127]
vmaxps ymm6, ymm15, [r10+8192]
vmaxps ymm6, ymm15, [r10+8128]
vmaxps ymm6, ymm15, [rax+rcx*4]
vmaxps ymm6, ymm15, [rbp+r9*8]
vmaxps ymm6, ymm15, [r13+r12*1-64]
vmaxps ymm6, ymm15, [rdx+r15*2+100000]
vmaxps zmm0, zmm7, zmm9
vmaxps zmm0{k1}, zmm7, zmm9
vmaxps zmm0{k7}{z}, zmm7, zmm9
vmaxps zmm7, zmm9, zmm17
vmaxps zmm7{k1}, zmm9, zmm17
vmaxps zmm7{k7}{z}, zmm9, zmm17
vmaxps zmm9, zmm17, zmm31
vmaxps zmm9{k1}, zmm17, zmm31
vmaxps zmm9{k7}{z}, zmm17, zmm31
vmaxps zmm17, zmm31, zmm0
vmaxps zmm17{k1}, zmm31, zmm0
vmaxps zmm17{k7}{z}, zmm31, zmm0
vmaxps zmm31, zmm0, zmm7
vmaxps zmm31{k1}, zmm0, zmm7
vmaxps zmm31{k7}{z}, zmm0, zmm7
vmaxps zmm7, zmm17, [rax]
vmaxps zmm7, zmm17, [rbp]
vmaxps zmm7, zmm17, [rsp]
vmaxps zmm7, zmm17, [r12]
vmaxps zmm7, zmm17, [r13]
vmaxps zmm7, zmm17, [rsi+64]
vmaxps zmm7, zmm17, [rsi+4]
vmaxps zmm7, zmm17, [r9-128]
vmaxps zmm7, zmm17, [r9-132]
vmaxps zmm7, zmm17, [r10+127]
vmaxps zmm7, zmm17, [r10+8192]
vmaxps zmm7, zmm17, [r10+8128]
vmaxps zmm7, zmm17, [rax+rcx*4]
vmaxps zmm7, zmm17, [rbp+r9*8]
vmaxps zmm7, zmm17, [r13+r12*1-64]
vmaxps zmm7, zmm17, [rdx+r15*2+100000]
vmaxps zmm30{k3}, zmm2, [r8+128]
vmaxps zmm30, zmm2, [r8+12]{1to16}
vmaxps zmm3, zmm2, [rsp+512]{1to16}
vsqrtps xmm1, xmm10
vsqrtps xmm6, xmm15
vsqrtps xmm10, xmm1
vsqrtps xmm15, xmm6
vsqrtps xmm6, [rax]
vsqrtps xmm6, [rbp]
vsqrtps xmm6, [rsp]
vsqrtps xmm6, [r12]
vsqrtps xmm6, [r13]
vsqrtps xmm6, [rsi+64]
vsqrtps xmm6, [rsi+4]
vsqrtps xmm6, [r9-128]
vsqrtps xmm6, [r9-132]
vsqrtps xmm6, [r10+127]
vsqrtps xmm6, [r10+8192]
vsqrtps xmm6, [r10+8128]
vsqrtps xmm6, [rax+rcx*4]
vsqrtps xmm6, [rbp+r9*8]
vsqrtps xmm6, [r13+r12*1-64]
vsqrtps xmm6, [rdx+r15*2+100000]
vsqrtps ymm1, ymm10
vsqrtps ymm6, ymm15
vsqrtps ymm10, ymm1
vsqrtps ymm15, ymm6
vsqrtps ymm6, [rax]
vsqrtps ymm6, [rbp]
vsqrtps ymm6, [rsp]
vsqrtps ymm6, [r12]
vsqrtps ymm6, [r13]
vsqrtps ymm6, [rsi+64]
vsqrtps ymm6, [rsi+4]
vsqrtps ymm6, [r9-128]
vsqrtps ymm6, [r9-132]
vsqrtps ymm6, [r10+127]
vsqrtps ymm6, [r10+8192]
vsqrtps ymm6, [r10+8128]
vsqrtps ymm6, [rax+rcx*4]
vsqrtps ymm6, [rbp+r9*8]
vsqrtps ymm6, [r13+r12*1-64]
vsqrtps ymm6, [rdx+r15*2+100000]
vsqrtps zmm0, zmm9
vsqrtps zmm0{k1}, zmm9
vsqrtps zmm0{k7}{z}, zmm9
vsqrtps zmm7, zmm17
vsqrtps zmm7{k1}, zmm17
vsqrtps zmm7{k7}{z}, zmm17
vsqrtps zmm9, zmm31
vsqrtps zmm9{k1}, zmm31
vsqrtps zmm9{k7}{z}, zmm31
vsqrtps zmm17, zmm0
vsqrtps zmm17{k1}, zmm0
vsqrtps zmm17{k7}{z}, zmm0
vsqrtps zmm31, zmm7
vsqrtps zmm31{k1}, zmm7
vsqrtps zmm31{k7}{z}, zmm7
vsqrtps zmm7, [rax]
vsqrtps zmm7, [rbp]
vsqrtps zmm7, [rsp]
vsqrtps zmm7, [r12]
vsqrtps zmm7, [r13]
vsqrtps zmm7, [rsi+64]
vsqrtps zmm7, [rsi+4]
vsqrtps zmm7, [r9-128]
vsqrtps zmm7, [r9-132]
vsqrtps zmm7, [r10+127]
vsqrtps zmm7, [r10+8192]
vsqrtps zmm7, [r10+8128]
vsqrtps zmm7, [rax+rcx*4]
vsqrtps zmm7, [rbp+r9*8]
vsqrtps zmm7, [r13+r12*1-64]
vsqrtps zmm7, [rdx+r15*2+100000]
vsqrtps zmm30{k3}, [r8+128]
vsqrtps zmm30, [r8+12]{1to16}
vsqrtps zmm3, [rsp+512]{1to16}
vfmadd132ps xmm1, xmm6, xmm10
vfmadd132ps xmm6, xmm10, xmm15
vfmadd132ps xmm10, xmm15, xmm1
vfmadd132ps xmm15, xmm1, xmm6
vfmadd132ps xmm6, xmm15, [rax]
vfmadd132ps xmm6, xmm15, [rbp]
vfmadd132ps xmm6, xmm15, [rsp]
vfmadd132ps xmm6, xmm15, [r12]
vfmadd132ps xmm6, xmm15, [r13]
vfmadd132ps xmm6, xmm15, [rsi+64]
vfmadd132ps xmm6, xmm15, [rsi+4]
vfmadd132ps xmm6, xmm15, [r9-128]
vfmadd132ps xmm6, xmm15, [r9-132]
vfmadd132ps xmm6, xmm15, [r10+127]
vfmadd132ps xmm6, xmm15, [r10+8192]
vfmadd132ps xmm6, xmm15, [r10+8128]
vfmadd132ps xmm6, xmm15, [rax+rcx*4]
vfmadd132ps xmm6, xmm15, [rbp+r9*8]
vfmadd132ps xmm6, xmm15, [r13+r12*1-64]
vfmadd132ps xmm6, xmm15, [rdx+r15*2+100000]
vfmadd132ps ymm1, ymm6, ymm10
vfmadd132ps ymm6, ymm10, ymm15
vfmadd132ps ymm10, ymm15, ymm1
vfmadd132ps ymm15, ymm1, ymm6
vfmadd132ps ymm6, ymm15, [rax]
vfmadd132ps ymm6, ymm15, [rbp]
vfmadd132ps ymm6, ymm15, [rsp]
vfmadd132ps ymm6, ymm15, [r12]
vfmadd132ps ymm6, ymm15, [r13]
vfmadd132ps ymm6, ymm15, [rsi+64]
vfmadd132ps ymm6, ymm15, [rsi+4]
vfmadd132ps ymm6, ymm15, [r9-128]
vfmadd132ps ymm6, ymm15, [r9-132]
vfmadd132ps ymm6, ymm15, [r10+127]
vfmadd132ps ymm6, ymm15, [r10+8192]
vfmadd132ps ymm6, ymm15, [r10+8128]
vfmadd132ps ymm6, ymm15, [rax+rcx*4]
vfmadd132ps ymm6, ymm15, [rbp+r9*8]
vfmadd132ps ymm6, ymm15, [r13+r12*1-64]
vfmadd132ps ymm6, ymm15, [rdx+r15*2+100000]
vfmadd132ps zmm0, zmm7, zmm9
vfmadd132ps zmm0{k1}, zmm7, zmm9
vfmadd132ps zmm0{k7}{z}, zmm7, zmm9
vfmadd132ps zmm7, zmm9, zmm17
vfmadd132ps zmm7{k1}, zmm9, zmm17
vfmadd132ps zmm7{k7}{z}, zmm9, zmm17
vfmadd132ps zmm9, zmm17, zmm31
vfmadd132ps zmm9{k1}, zmm17, zmm31
vfmadd132ps zmm9{k7}{z}, zmm17, zmm31
vfmadd132ps zmm17, zmm31, zmm0
vfmadd132ps zmm17{k1}, zmm31, zmm0
vfmadd132ps zmm17{k7}{z}, zmm31, zmm0
vfmadd132ps zmm31, zmm0, zmm7
vfmadd132ps zmm31{k1}, zmm0, zmm7
vfmadd132ps zmm31{k7}{z}, zmm0, zmm7
vfmadd132ps zmm7, zmm17, [rax]
vfmadd132ps zmm7, zmm17, [rbp]
vfmadd132ps zmm7, zmm17, [rsp]
vfmadd132ps zmm7, zmm17, [r12]
vfmadd132ps zmm7, zmm17, [r13]
vfmadd132ps zmm7, zmm17, [rsi+64]
vfmadd132ps zmm7, zmm17, [rsi+4]
vfmadd132ps zmm7, zmm17, [r9-128]
vfmadd132ps zmm7, zmm17, [r9-132]
vfmadd132ps zmm7, zmm17, [r10+127]
vfmadd132ps zmm7, zmm17, [r10+8192]
vfmadd132ps zmm7, zmm17, [r10+8128]
vfmadd132ps zmm7, zmm17, [rax+rcx*4]
vfmadd132ps zmm7, zmm17, [rbp+r9*8]
vfmadd132ps zmm7, zmm17, [r13+r12*1-64]
vfmadd132ps zmm7, zmm17, [rdx+r15*2+100000]
vfmadd132ps zmm30{k3}, zmm2, [r8+128]
vfmadd132ps zmm30, zmm2, [r8+12]{1to16}
vfmadd132ps zmm3, zmm2, [rsp+512]{1to16}
vfmadd213ps xmm1, xmm6, xmm10
vfmadd213ps xmm6, xmm10, xmm15
vfmadd213ps xmm10, xmm15, xmm1
vfmadd213ps xmm15, xmm1, xmm6
vfmadd213ps xmm6, xmm15, [rax]
vfmadd213ps xmm6, xmm15, [rbp]
vfmadd213ps xmm6, xmm15, [rsp]
vfmadd213ps xmm6, xmm15, [r12]
vfmadd213ps xmm6, xmm15, [r13]
vfmadd213ps xmm6, xmm15, [rsi+64]
vfmadd213ps xmm6, xmm15, [rsi+4]
vfmadd213ps xmm6, xmm15, [r9-128]
vfmadd213ps xmm6, xmm15, [r9-132]
vfmadd213ps xmm6, xmm15, [r10+127]
vfmadd213ps xmm6, xmm15, [r10+8192]
vfmadd213ps xmm6, xmm15, [r10+8128]
vfmadd213ps xmm6, xmm15, [rax+rcx*4]
vfmadd213ps xmm6, xmm15, [rbp+r9*8]
vfmadd213ps xmm6, xmm15, [r13+r12*1-64]
vfmadd213ps xmm6, xmm15, [rdx+r15*2+100000]
vfmadd213ps ymm1, ymm6, ymm10
vfmadd213ps ymm6, ymm10, ymm15
vfmadd213ps ymm10, ymm15, ymm1
vfmadd213ps ymm15, ymm1, ymm6
vfmadd213ps ymm6, ymm15, [rax]
vfmadd213ps ymm6, ymm15, [rbp]
vfmadd213ps ymm6, ymm15, [rsp]
vfmadd213ps ymm6, ymm15, [r12]
vfmadd213ps ymm6, ymm15, [r13]
vfmadd213ps ymm6, ymm15, [rsi+64]
vfmadd213ps ymm6, ymm15, [rsi+4]
vfmadd213ps ymm6, ymm15, [r9-128]
vfmadd213ps ymm6, ymm15, [r9-132]
vfmadd213ps ymm6, ymm15, [r10+127]
vfmadd213ps ymm6, ymm15, [r10+8192]
vfmadd213ps ymm6, ymm15, [r10+8128]
vfmadd213ps ymm6, ymm15, [rax+rcx*4]
vfmadd213ps ymm6, ymm15, [rbp+r9*8]
vfmadd213ps ymm6, ymm15, [r13+r12*1-64]
vfmadd213ps ymm6, ymm15, [rdx+r15*2+100000]
vfmadd213ps zmm0, zmm7, zmm9
vfmadd213ps zmm0{k1}, zmm7, zmm9
vfmadd213ps zmm0{k7}{z}, zmm7, zmm9
vfmadd213ps zmm7, zmm9, zmm17
vfmadd213ps zmm7{k1}, zmm9, zmm17
vfmadd213ps zmm7{k7}{z}, zmm9, zmm17
vfmadd213ps zmm9, zmm17, zmm31
vfmadd213ps zmm9{k1}, zmm17, zmm31
vfmadd213ps zmm9{k7}{z}, zmm17, zmm31
vfmadd213ps zmm17, zmm31, zmm0
vfmadd213ps zmm17{k1}, zmm31, zmm0
vfmadd213ps zmm17{k7}{z}, zmm31, zmm0
vfmadd213ps zmm31, zmm0, zmm7
vfmadd213ps zmm31{k1}, zmm0, zmm7
vfmadd213ps zmm31{k7}{z}, zmm0, zmm7
vfmadd213ps zmm7, zmm17, [rax]
vfmadd213ps zmm7, zmm17, [rbp]
vfmadd213ps zmm7, zmm17, [rsp]
vfmadd213ps zmm7, zmm17, [r12]
vfmadd213ps zmm7, zmm17, [r13]
vfmadd213ps zmm7, zmm17, [rsi+64]
vfmadd213ps zmm7, zmm17, [rsi+4]
vfmadd213ps zmm7, zmm17, [r9-128]
vfmadd213ps zmm7, zmm17, [r9-132]
vfmadd213ps zmm7, zmm17, [r10+127]
vfmadd213ps zmm7, zmm17, [r10+8192]
vfmadd213ps zmm7, zmm17, [r10+8128]
vfmadd213ps zmm7, zmm17, [rax+rcx*4]
vfmadd213ps zmm7, zmm17, [rbp+r9*8]
vfmadd213ps zmm7, zmm17, [r13+r12*1-64]
vfmadd213ps zmm7, zmm17, [rdx+r15*2+100000]
vfmadd213ps zmm30{k3}, zmm2, [r8+128]
vfmadd213ps zmm30, zmm2, [r8+12]{1to16}
vfmadd213ps zmm3, zmm2, [rsp+512]{1to16}
vfmadd231ps xmm1, xmm6, xmm10
vfmadd231ps xmm6, xmm10, xmm15
vfmadd231ps xmm10, xmm15, xmm1
vfmadd231ps xmm15, xmm1, xmm6
vfmadd231ps xmm6, xmm15, [rax]
vfmadd231ps xmm6, xmm15, [rbp]
vfmadd231ps xmm6, xmm15, [rsp]
vfmadd231ps xmm6, xmm15, [r12]
vfmadd231ps xmm6, xmm15, [r13]
vfmadd231ps xmm6, xmm15, [rsi+64]
vfmadd231ps xmm6, xmm15, [rsi+4]
vfmadd231ps xmm6, xmm15, [r9-128]
vfmadd231ps xmm6, xmm15, [r9-132]
vfmadd231ps xmm6, xmm15, [r10+127]
vfmadd231ps xmm6, xmm15, [r10+8192]
vfmadd231ps xmm6, xmm15, [r10+8128]
vfmadd231ps xmm6, xmm15, [rax+rcx*4]
vfmadd231ps xmm6, xmm15, [rbp+r9*8]
vfmadd231ps xmm6, xmm15, [r13+r12*1-64]
vfmadd231ps xmm6, xmm15, [rdx+r15*2+100000]
vfmadd231ps ymm1, ymm6, ymm10
vfmadd231ps ymm6, ymm10, ymm15
vfmadd231ps ymm10, ymm15, ymm1
vfmadd231ps ymm15, ymm1, ymm6
vfmadd231ps ymm6, ymm15, [rax]
vfmadd231ps ymm6, ymm15, [rbp]
vfmadd231ps ymm6, ymm15, [rsp]
vfmadd231ps ymm6, ymm15, [r12]
vfmadd231ps ymm6, ymm15, [r13]
vfmadd231ps ymm6, ymm15, [rsi+64]
vfmadd231ps ymm6, ymm15, [rsi+4]
vfmadd231ps ymm6, ymm15, [r9-128]
vfmadd231ps ymm6, ymm15, [r9-132]
vfmadd231ps ymm6, ymm15, [r10+127]
vfmadd231ps ymm6, ymm15, [r10+8192]
vfmadd231ps ymm6, ymm15, [r10+8128]
vfmadd231ps ymm6, ymm15, [rax+rcx*4]
vfmadd231ps ymm6, ymm15, [rbp+r9*8]
vfmadd231ps ymm6, ymm15, [r13+r12*1-64]
vfmadd231ps ymm6, ymm15, [rdx+r15*2+100000]
vfmadd231ps zmm0, zmm7, zmm9
vfmadd231ps zmm0{k1}, zmm7, zmm9
vfmadd231ps zmm0{k7}{z}, zmm7, zmm9
vfmadd231ps zmm7, zmm9, zmm17
vfmadd231ps zmm7{k1}, zmm9, zmm17
vfmadd231ps zmm7{k7}{z}, zmm9, zmm17
vfmadd231ps zmm9, zmm17, zmm31
vfmadd231ps zmm9{k1}, zmm17, zmm31
vfmadd231ps zmm9{k7}{z}, zmm17, zmm31
vfmadd231ps zmm17, zmm31, zmm0
vfmadd231ps zmm17{k1}, zmm31, zmm0
vfmadd231ps zmm17{k7}{z}, zmm31, zmm0
vfmadd231ps zmm31, zmm0, zmm7
vfmadd231ps zmm31{k1}, zmm0, zmm7
vfmadd231ps zmm31{k7}{z}, zmm0, zmm7
vfmadd231ps zmm7, zmm17, [rax]
vfmadd231ps zmm7, zmm17, [rbp]
vfmadd231ps zmm7, zmm17, [rsp]
vfmadd231ps zmm7, zmm17, [r12]
vfmadd231ps zmm7, zmm17, [r13]
vfmadd231ps zmm7, zmm17, [rsi+64]
vfmadd231ps zmm7, zmm17, [rsi+4]
vfmadd231ps zmm7, zmm17, [r9-128]
vfmadd231ps zmm7, zmm17, [r9-132]
vfmadd231ps zmm7, zmm17, [r10+127]
vfmadd231ps zmm7, zmm17, [r10+8192]
vfmadd231ps zmm7, zmm17, [r10+8128]
vfmadd231ps zmm7, zmm17, [rax+rcx*4]
vfmadd231ps zmm7, zmm17, [rbp+r9*8]
vfmadd231ps zmm7, zmm17, [r13+r12*1-64]
vfmadd231ps zmm7, zmm17, [rdx+r15*2+100000]
vfmadd231ps zmm30{k3}, zmm2, [r8+128]
vfmadd231ps zmm30, zmm2, [r8+12]{1to16}
vfmadd231ps zmm3, zmm2, [rsp+512]{1to16}
vfmsub213ps xmm1, xmm6, xmm10
vfmsub213ps xmm6, xmm10, xmm15
vfmsub213ps xmm10, xmm15, xmm1
vfmsub213ps xmm15, xmm1, xmm6
vfmsub213ps xmm6, xmm15, [rax]
vfmsub213ps xmm6, xmm15, [rbp]
vfmsub213ps xmm6, xmm15, [rsp]
vfmsub213ps xmm6, xmm15, [r12]
vfmsub213ps xmm6, xmm15, [r13]
vfmsub213ps xmm6, xmm15, [rsi+64]
vfmsub213ps xmm6, xmm15, [rsi+4]
vfmsub213ps xmm6, xmm15, [r9-128]
vfmsub213ps xmm6, xmm15, [r9-132]
vfmsub213ps xmm6, xmm15, [r10+127]
vfmsub213ps xmm6, xmm15, [r10+8192]
vfmsub213ps xmm6, xmm15, [r10+8128]
vfmsub213ps xmm6, xmm15, [rax+rcx*4]
vfmsub213ps xmm6, xmm15, [rbp+r9*8]
vfmsub213ps xmm6, xmm15, [r13+r12*1-64]
vfmsub213ps xmm6, xmm15, [rdx+r15*2+100000]
vfmsub213ps ymm1, ymm6, ymm10
vfmsub213ps ymm6, ymm10, ymm15
vfmsub213ps ymm10, ymm15, ymm1
vfmsub213ps ymm15, ymm1, ymm6
vfmsub213ps ymm6, ymm15, [rax]
vfmsub213ps ymm6, ymm15, [rbp]
vfmsub213ps ymm6, ymm15, [rsp]
vfmsub213ps ymm6, ymm15, [r12]
vfmsub213ps ymm6, ymm15, [r13]
vfmsub213ps ymm6, ymm15, [rsi+64]
vfmsub213ps ymm6, ymm15, [rsi+4]
vfmsub213ps ymm6, ymm15, [r9-128]
vfmsub213ps ymm6, ymm15, [r9-132]
vfmsub213ps ymm6, ymm15, [r10+127]
vfmsub213ps ymm6, ymm15, [r10+8192]
vfmsub213ps ymm6, ymm15, [r10+8128]
vfmsub213ps ymm6, ymm15, [rax+rcx*4]
vfmsub213ps ymm6, ymm15, [rbp+r9*8]
vfmsub213ps ymm6, ymm15, [r13+r12*1-64]
vfmsub213ps ymm6, ymm15, [rdx+r15*2+100000]
vfmsub213ps zmm0, zmm7, zmm9
vfmsub213ps zmm0{k1}, zmm7, zmm9
vfmsub213ps zmm0{k7}{z}, zmm7, zmm9
vfmsub213ps zmm7, zmm9, zmm17
vfmsub213ps zmm7{k1}, zmm9, zmm17
vfmsub213ps zmm7{k7}{z}, zmm9, zmm17
vfmsub213ps zmm9, zmm17, zmm31
vfmsub213ps zmm9{k1}, zmm17, zmm31
vfmsub213ps zmm9{k7}{z}, zmm17, zmm31
vfmsub213ps zmm17, zmm31, zmm0
vfmsub213ps zmm17{k1}, zmm31, zmm0
vfmsub213ps zmm17{k7}{z}, zmm31, zmm0
vfmsub213ps zmm31, zmm0, zmm7
vfmsub213ps zmm31{k1}, zmm0, zmm7
vfmsub213ps zmm31{k7}{z}, zmm0, zmm7
vfmsub213ps zmm7, zmm17, [rax]
vfmsub213ps zmm7, zmm17, [rbp]
vfmsub213ps zmm7, zmm17, [rsp]
vfmsub213ps zmm7, zmm17, [r12]
vfmsub213ps zmm7, zmm17, [r13]
vfmsub213ps zmm7, zmm17, [rsi+64]
vfmsub213ps zmm7, zmm17, [rsi+4]
vfmsub213ps zmm7, zmm17, [r9-128]
vfmsub213ps zmm7, zmm17, [r9-132]
vfmsub213ps zmm7, zmm17, [r10+127]
vfmsub213ps zmm7, zmm17, [r10+8192]
vfmsub213ps zmm7, zmm17, [r10+8128]
vfmsub213ps zmm7, zmm17, [rax+rcx*4]
vfmsub213ps zmm7, zmm17, [rbp+r9*8]
vfmsub213ps zmm7, zmm17, [r13+r12*1-64]
vfmsub213ps zmm7, zmm17, [rdx+r15*2+100000]
vfmsub213ps zmm30{k3}, zmm2, [r8+128]
vfmsub213ps zmm30, zmm2, [r8+12]{1to16}
vfmsub213ps zmm3, zmm2, [rsp+512]{1to16}
vfnmadd213ps xmm1, xmm6, xmm10
vfnmadd213ps xmm6, xmm10, xmm15
vfnmadd213ps xmm10, xmm15, xmm1
vfnmadd213ps xmm15, xmm1, xmm6
vfnmadd213ps xmm6, xmm15, [rax]
vfnmadd213ps xmm6, xmm15, [rbp]
vfnmadd213ps xmm6, xmm15, [rsp]
vfnmadd213ps xmm6, xmm15, [r12]
vfnmadd213ps xmm6, xmm15, [r13]
vfnmadd213ps xmm6, xmm15, [rsi+64]
vfnmadd213ps xmm6, xmm15, [rsi+4]
vfnmadd213ps xmm6, xmm15, [r9-128]
vfnmadd213ps xmm6, xmm15, [r9-132]
vfnmadd213ps xmm6, xmm15, [r10+127]
vfnmadd213ps xmm6, xmm15, [r10+8192]
vfnmadd213ps xmm6, xmm15, [r10+8128]
vfnmadd213ps xmm6, xmm15, [rax+rcx*4]
vfnmadd213ps xmm6, xmm15, [rbp+r9*8]
vfnmadd213ps xmm6, xmm15, [r13+r12*1-64]
vfnmadd213ps xmm6, xmm15, [rdx+r15*2+100000]
vfnmadd213ps ymm1, ymm6, ymm10
vfnmadd213ps ymm6, ymm10, ymm15
vfnmadd213ps ymm10, ymm15, ymm1
vfnmadd213ps ymm15, ymm1, ymm6
vfnmadd213ps ymm6, ymm15, [rax]
vfnmadd213ps ymm6, ymm15, [rbp]
vfnmadd213ps ymm6, ymm15, [rsp]
vfnmadd213ps ymm6, ymm15, [r12]
vfnmadd213ps ymm6, ymm15, [r13]
vfnmadd213ps ymm6, ymm15, [rsi+64]
vfnmadd213ps ymm6, ymm15, [rsi+4]
vfnmadd213ps ymm6, ymm15, [r9-128]
vfnmadd213ps ymm6, ymm15, [r9-132]
vfnmadd213ps ymm6, ymm15, [r10+127]
vfnmadd213ps ymm6, ymm15, [r10+8192]
vfnmadd213ps ymm6, ymm15, [r10+8128]
vfnmadd213ps ymm6, ymm15, [rax+rcx*4]
vfnmadd213ps ymm6, ymm15, [rbp+r9*8]
vfnmadd213ps ymm6, ymm15, [r13+r12*1-64]
vfnmadd213ps ymm6, ymm15, [rdx+r15*2+100000]
vfnmadd213ps zmm0, zmm7, zmm9
vfnmadd213ps zmm0{k1}, zmm7, zmm9
vfnmadd213ps zmm0{k7}{z}, zmm7, zmm9
vfnmadd213ps zmm7, zmm9, zmm17
vfnmadd213ps zmm7{k1}, zmm9, zmm17
vfnmadd213ps zmm7{k7}{z}, zmm9, zmm17
vfnmadd213ps zmm9, zmm17, zmm31
vfnmadd213ps zmm9{k1}, zmm17, zmm31
vfnmadd213ps zmm9{k7}{z}, zmm17, zmm31
vfnmadd213ps zmm17, zmm31, zmm0
vfnmadd213ps zmm17{k1}, zmm31, zmm0
vfnmadd213ps zmm17{k7}{z}, zmm31, zmm0
vfnmadd213ps zmm31, zmm0, zmm7
vfnmadd213ps zmm31{k1}, zmm0, zmm7
vfnmadd213ps zmm31{k7}{z}, zmm0, zmm7
vfnmadd213ps zmm7, zmm17, [rax]
vfnmadd213ps zmm7, zmm17, [rbp]
vfnmadd213ps zmm7, zmm17, [rsp]
vfnmadd213ps zmm7, zmm17, [r12]
vfnmadd213ps zmm7, zmm17, [r13]
vfnmadd213ps zmm7, zmm17, [rsi+64]
vfnmadd213ps zmm7, zmm17, [rsi+4]
vfnmadd213ps zmm7, zmm17, [r9-128]
vfnmadd213ps zmm7, zmm17, [r9-132]
vfnmadd213ps zmm7, zmm17, [r10+127]
vfnmadd213ps zmm7, zmm17, [r10+8192]
vfnmadd213ps zmm7, zmm17, [r10+8128]
vfnmadd213ps zmm7, zmm17, [rax+rcx*4]
vfnmadd213ps zmm7, zmm17, [rbp+r9*8]
vfnmadd213ps zmm7, zmm17, [r13+r12*1-64]
vfnmadd213ps zmm7, zmm17, [rdx+r15*2+100000]
vfnmadd213ps zmm30{k3}, zmm2, [r8+128]
vfnmadd213ps zmm30, zmm2, [r8+12]{1to16}
vfnmadd213ps zmm3, zmm2, [rsp+512]{1to16}
vfnmadd231ps xmm1, xmm6, xmm10
vfnmadd231ps xmm6, xmm10, xmm15
vfnmadd231ps xmm10, xmm15, xmm1
vfnmadd231ps xmm15, xmm1, xmm6
vfnmadd231ps xmm6, xmm15, [rax]
vfnmadd231ps xmm6, xmm15, [rbp]
vfnmadd231ps xmm6, xmm15, [rsp]
vfnmadd231ps xmm6, xmm15, [r12]
vfnmadd231ps xmm6, xmm15, [r13]
vfnmadd231ps xmm6, xmm15, [rsi+64]
vfnmadd231ps xmm6, xmm15, [rsi+4]
vfnmadd231ps xmm6, xmm15, [r9-128]
vfnmadd231ps xmm6, xmm15, [r9-132]
vfnmadd231ps xmm6, xmm15, [r10+127]
vfnmadd231ps xmm6, xmm15, [r10+8192]
vfnmadd231ps xmm6, xmm15, [r10+8128]
vfnmadd231ps xmm6, xmm15, [rax+rcx*4]
vfnmadd231ps xmm6, xmm15, [rbp+r9*8]
vfnmadd231ps xmm6, xmm15, [r13+r12*1-64]
vfnmadd231ps xmm6, xmm15, [rdx+r15*2+100000]
vfnmadd231ps ymm1, ymm6, ymm10
vfnmadd231ps ymm6, ymm10, ymm15
vfnmadd231ps ymm10, ymm15, ymm1
vfnmadd231ps ymm15, ymm1, ymm6
vfnmadd231ps ymm6, ymm15, [rax]
vfnmadd231ps ymm6, ymm15, [rbp]
vfnmadd231ps ymm6, ymm15, [rsp]
vfnmadd231ps ymm6, ymm15, [r12]
vfnmadd231ps ymm6, ymm15, [r13]
vfnmadd231ps ymm6, ymm15, [rsi+64]
vfnmadd231ps ymm6, ymm15, [rsi+4]
vfnmadd231ps ymm6, ymm15, [r9-128]
vfnmadd231ps ymm6, ymm15, [r9-132]
vfnmadd231ps ymm6, ymm15, [r10+127]
vfnmadd231ps ymm6, ymm15, [r10+8192]
vfnmadd231ps ymm6, ymm15, [r10+8128]
vfnmadd231ps ymm6, ymm15, [rax+rcx*4]
vfnmadd231ps ymm6, ymm15, [rbp+r9*8]
vfnmadd231ps ymm6, ymm15, [r13+r12*1-64]
vfnmadd231ps ymm6, ymm15, [rdx+r15*2+100000]
vfnmadd231ps zmm0, zmm7, zmm9
vfnmadd231ps zmm0{k1}, zmm7, zmm9
vfnmadd231ps zmm0{k7}{z}, zmm7, zmm9
vfnmadd231ps zmm7, zmm9, zmm17
vfnmadd231ps zmm7{k1}, zmm9, zmm17
vfnmadd231ps zmm7{k7}{z}, zmm9, zmm17
vfnmadd231ps zmm9, zmm17, zmm31
vfnmadd231ps zmm9{k1}, zmm17, zmm31
vfnmadd231ps zmm9{k7}{z}, zmm17, zmm31
vfnmadd231ps zmm17, zmm31, zmm0
vfnmadd231ps zmm17{k1}, zmm31, zmm0
vfnmadd231ps zmm17{k7}{z}, zmm31, zmm0
vfnmadd231ps zmm31, zmm0, zmm7
vfnmadd231ps zmm31{k1}, zmm0, zmm7
vfnmadd231ps zmm31{k7}{z}, zmm0, zmm7
vfnmadd231ps zmm7, zmm17, [rax]
vfnmadd231ps zmm7, zmm17, [rbp]
vfnmadd231ps zmm7, zmm17, [rsp]
vfnmadd231ps zmm7, zmm17, [r12]
vfnmadd231ps zmm7, zmm17, [r13]
vfnmadd231ps zmm7, zmm17, [rsi+64]
vfnmadd231ps zmm7, zmm17, [rsi+4]
vfnmadd231ps zmm7, zmm17, [r9-128]
vfnmadd231ps zmm7, zmm17, [r9-132]
vfnmadd231ps zmm7, zmm17, [r10+127]
vfnmadd231ps zmm7, zmm17, [r10+8192]
vfnmadd231ps zmm7, zmm17, [r10+8128]
vfnmadd231ps zmm7, zmm17, [rax+rcx*4]
vfnmadd231ps zmm7, zmm17, [rbp+r9*8]
vfnmadd231ps zmm7, zmm17, [r13+r12*1-64]
vfnmadd231ps zmm7, zmm17, [rdx+r15*2+100000]
vfnmadd231ps zmm30{k3}, zmm2, [r8+128]
vfnmadd231ps zmm30, zmm2, [r8+12]{1to16}
vfnmadd231ps zmm3, zmm2, [rsp+512]{1to16}
vandps xmm1, xmm6, xmm10
vandps xmm6, xmm10, xmm15
vandps xmm10, xmm15, xmm1
vandps xmm15, xmm1, xmm6
vandps xmm6, xmm15, [rax]
vandps xmm6, xmm15, [rbp]
vandps xmm6, xmm15, [rsp]
vandps xmm6, xmm15, [r12]
vandps xmm6, xmm15, [r13]
vandps xmm6, xmm15, [rsi+64]
vandps xmm6, xmm15, [rsi+4]
vandps xmm6, xmm15, [r9-128]
vandps xmm6, xmm15, [r9-132]
vandps xmm6, xmm15, [r10+127]
vandps xmm6, xmm15, [r10+8192]
vandps xmm6, xmm15, [r10+8128]
vandps xmm6, xmm15, [rax+rcx*4]
vandps xmm6, xmm15, [rbp+r9*8]
vandps xmm6, xmm15, [r13+r12*1-64]
vandps xmm6, xmm15, [rdx+r15*2+100000]
vandps ymm1, ymm6, ymm10
vandps ymm6, ymm10, ymm15
vandps ymm10, ymm15, ymm1
vandps ymm15, ymm1, ymm6
vandps ymm6, ymm15, [rax]
vandps ymm6, ymm15, [rbp]
vandps ymm6, ymm15, [rsp]
vandps ymm6, ymm15, [r12]
vandps ymm6, ymm15, [r13]
vandps ymm6, ymm15, [rsi+64]
vandps ymm6, ymm15, [rsi+4]
vandps ymm6, ymm15, [r9-128]
vandps ymm6, ymm15, [r9-132]
vandps ymm6, ymm15, [r10+127]
vandps ymm6, ymm15, [r10+8192]
vandps ymm6, ymm15, [r10+8128]
vandps ymm6, ymm15, [rax+rcx*4]
vandps ymm6, ymm15, [rbp+r9*8]
vandps ymm6, ymm15, [r13+r12*1-64]
vandps ymm6, ymm15, [rdx+r15*2+100000]
vandps zmm0, zmm7, zmm9
vandps zmm0{k1}, zmm7, zmm9
vandps zmm0{k7}{z}, zmm7, zmm9
vandps zmm7, zmm9, zmm17
vandps zmm7{k1}, zmm9, zmm17
vandps zmm7{k7}{z}, zmm9, zmm17
vandps zmm9, zmm17, zmm31
vandps zmm9{k1}, zmm17, zmm31
vandps zmm9{k7}{z}, zmm17, zmm31
vandps zmm17, zmm31, zmm0
vandps zmm17{k1}, zmm31, zmm0
vandps zmm17{k7}{z}, zmm31, zmm0
vandps zmm31, zmm0, zmm7
vandps zmm31{k1}, zmm0, zmm7
vandps zmm31{k7}{z}, zmm0, zmm7
vandps zmm7, zmm17, [rax]
vandps zmm7, zmm17, [rbp]
vandps zmm7, zmm17, [rsp]
vandps zmm7, zmm17, [r12]
vandps zmm7, zmm17, [r13]
vandps zmm7, zmm17, [rsi+64]
vandps zmm7, zmm17, [rsi+4]
vandps zmm7, zmm17, [r9-128]
vandps zmm7, zmm17, [r9-132]
vandps zmm7, zmm17, [r10+127]
vandps zmm7, zmm17, [r10+8192]
vandps zmm7, zmm17, [r10+8128]
vandps zmm7, zmm17, [rax+rcx*4]
vandps zmm7, zmm17, [rbp+r9*8]
vandps zmm7, zmm17, [r13+r12*1-64]
vandps zmm7, zmm17, [rdx+r15*2+100000]
vandps zmm30{k3}, zmm2, [r8+128]
vandps zmm30, zmm2, [r8+12]{1to16}
vandps zmm3, zmm2, [rsp+512]{1to16}
vorps xmm1, xmm6, xmm10
vorps xmm6, xmm10, xmm15
vorps xmm10, xmm15, xmm1
vorps xmm15, xmm1, xmm6
vorps xmm6, xmm15, [rax]
vorps xmm6, xmm15, [rbp]
vorps xmm6, xmm15, [rsp]
vorps xmm6, xmm15, [r12]
vorps xmm6, xmm15, [r13]
vorps xmm6, xmm15, [rsi+64]
vorps xmm6, xmm15, [rsi+4]
vorps xmm6, xmm15, [r9-128]
vorps xmm6, xmm15, [r9-132]
vorps xmm6, xmm15, [r10+127]
vorps xmm6, xmm15, [r10+8192]
vorps xmm6, xmm15, [r10+8128]
vorps xmm6, xmm15, [rax+rcx*4]
vorps xmm6, xmm15, [rbp+r9*8]
vorps xmm6, xmm15, [r13+r12*1-64]
vorps xmm6, xmm15, [rdx+r15*2+100000]
vorps ymm1, ymm6, ymm10
vorps ymm6, ymm10, ymm15
vorps ymm10, ymm15, ymm1
vorps ymm15, ymm1, ymm6
vorps ymm6, ymm15, [rax]
vorps ymm6, ymm15, [rbp]
vorps ymm6, ymm15, [rsp]
vorps ymm6, ymm15, [r12]
vorps ymm6, ymm15, [r13]
vorps ymm6, ymm15, [rsi+64]
vorps ymm6, ymm15, [rsi+4]
vorps ymm6, ymm15, [r9-128]
vorps ymm6, ymm15, [r9-132]
vorps ymm6, ymm15, [r10+127]
vorps ymm6, ymm15, [r10+8192]
vorps ymm6, ymm15, [r10+8128]
vorps ymm6, ymm15, [rax+rcx*4]
vorps ymm6, ymm15, [rbp+r9*8]
vorps ymm6, ymm15, [r13+r12*1-64]
vorps ymm6, ymm15, [rdx+r15*2+100000]
vorps zmm0, zmm7, zmm9
vorps zmm0{k1}, zmm7, zmm9
vorps zmm0{k7}{z}, zmm7, zmm9
vorps zmm7, zmm9, zmm17
vorps zmm7{k1}, zmm9, zmm17
vorps zmm7{k7}{z}, zmm9, zmm17
vorps zmm9, zmm17, zmm31
vorps zmm9{k1}, zmm17, zmm31
vorps zmm9{k7}{z}, zmm17, zmm31
vorps zmm17, zmm31, zmm0
vorps zmm17{k1}, zmm31, zmm0
vorps zmm17{k7}{z}, zmm31, zmm0
vorps zmm31, zmm0, zmm7
vorps zmm31{k1}, zmm0, zmm7
vorps zmm31{k7}{z}, zmm0, zmm7
vorps zmm7, zmm17, [rax]
vorps zmm7, zmm17, [rbp]
vorps zmm7, zmm17, [rsp]
vorps zmm7, zmm17, [r12]
vorps zmm7, zmm17, [r13]
vorps zmm7, zmm17, [rsi+64]
vorps zmm7, zmm17, [rsi+4]
vorps zmm7, zmm17, [r9-128]
vorps zmm7, zmm17, [r9-132]
vorps zmm7, zmm17, [r10+127]
vorps zmm7, zmm17, [r10+8192]
vorps zmm7, zmm17, [r10+8128]
vorps zmm7, zmm17, [rax+rcx*4]
vorps zmm7, zmm17, [rbp+r9*8]
vorps zmm7, zmm17, [r13+r12*1-64]
vorps zmm7, zmm17, [rdx+r15*2+100000]
vorps zmm30{k3}, zmm2, [r8+128]
vorps zmm30, zmm2, [r8+12]{1to16}
vorps zmm3, zmm2, [rsp+512]{1to16}
vxorps xmm1, xmm6, xmm10
vxorps xmm6, xmm10, xmm15
vxorps xmm10, xmm15, xmm1
vxorps xmm15, xmm1, xmm6
vxorps xmm6, xmm15, [rax]
vxorps xmm6, xmm15, [rbp]
vxorps xmm6, xmm15, [rsp]
vxorps xmm6, xmm15, [r12]
vxorps xmm6, xmm15, [r13]
vxorps xmm6, xmm15, [rsi+64]
vxorps xmm6, xmm15, [rsi+4]
vxorps xmm6, xmm15, [r9-128]
vxorps xmm6, xmm15, [r9-132]
vxorps xmm6, xmm15, [r10+127]
vxorps xmm6, xmm15, [r10+8192]
vxorps xmm6, xmm15, [r10+8128]
vxorps xmm6, xmm15, [rax+rcx*4]
vxorps xmm6, xmm15, [rbp+r9*8]
vxorps xmm6, xmm15, [r13+r12*1-64]
vxorps xmm6, xmm15, [rdx+r15*2+100000]
vxorps ymm1, ymm6, ymm10
vxorps ymm6, ymm10, ymm15
vxorps ymm10, ymm15, ymm1
vxorps ymm15, ymm1, ymm6
vxorps ymm6, ymm15, [rax]
vxorps ymm6, ymm15, [rbp]
vxorps ymm6, ymm15, [rsp]
vxorps ymm6, ymm15, [r12]
vxorps ymm6, ymm15, [r13]
vxorps ymm6, ymm15, [rsi+64]
vxorps ymm6, ymm15, [rsi+4]
vxorps ymm6, ymm15, [r9-128]
vxorps ymm6, ymm15, [r9-132]
vxorps ymm6, ymm15, [r10+127]
vxorps ymm6, ymm15, [r10+8192]
vxorps ymm6, ymm15, [r10+8128]
vxorps ymm6, ymm15, [rax+rcx*4]
vxorps ymm6, ymm15, [rbp+r9*8]
vxorps ymm6, ymm15, [r13+r12*1-64]
vxorps ymm6, ymm15, [rdx+r15*2+100000]
vxorps zmm0, zmm7, zmm9
vxorps zmm0{k1}, zmm7, zmm9
vxorps zmm0{k7}{z}, zmm7, zmm9
vxorps zmm7, zmm9, zmm17
vxorps zmm7{k1}, zmm9, zmm17
vxorps zmm7{k7}{z}, zmm9, zmm17
vxorps zmm9, zmm17, zmm31
vxorps zmm9{k1}, zmm17, zmm31
vxorps zmm9{k7}{z}, zmm17, zmm31
vxorps zmm17, zmm31, zmm0
vxorps zmm17{k1}, zmm31, zmm0
vxorps zmm17{k7}{z}, zmm31, zmm0
vxorps zmm31, zmm0, zmm7
vxorps zmm31{k1}, zmm0, zmm7
vxorps zmm31{k7}{z}, zmm0, zmm7
vxorps zmm7, zmm17, [rax]
vxorps zmm7, zmm17, [rbp]
vxorps zmm7, zmm17, [rsp]
vxorps zmm7, zmm17, [r12]
vxorps zmm7, zmm17, [r13]
vxorps zmm7, zmm17, [rsi+64]
vxorps zmm7, zmm17, [rsi+4]
vxorps zmm7, zmm17, [r9-128]
vxorps zmm7, zmm17, [r9-132]
vxorps zmm7, zmm17, [r10+127]
vxorps zmm7, zmm17, [r10+8192]
vxorps zmm7, zmm17, [r10+8128]
vxorps zmm7, zmm17, [rax+rcx*4]
vxorps zmm7, zmm17, [rbp+r9*8]
vxorps zmm7, zmm17, [r13+r12*1-64]
vxorps zmm7, zmm17, [rdx+r15*2+100000]
vxorps zmm30{k3}, zmm2, [r8+128]
vxorps zmm30, zmm2, [r8+12]{1to16}
vxorps zmm3, zmm2, [rsp+512]{1to16}
vblendvps xmm1, xmm6, xmm10, xmm11
vblendvps xmm6, xmm10, xmm15, xmm11
vblendvps xmm10, xmm15, xmm1, xmm11
vblendvps xmm15, xmm1, xmm6, xmm11
vblendvps xmm6, xmm15, [rax], xmm11
vblendvps xmm6, xmm15, [rbp], xmm11
vblendvps xmm6, xmm15, [rsp], xmm11
vblendvps xmm6, xmm15, [r12], xmm11
vblendvps xmm6, xmm15, [r13], xmm11
vblendvps xmm6, xmm15, [rsi+64], xmm11
vblendvps xmm6, xmm15, [rsi+4], xmm11
vblendvps xmm6, xmm15, [r9-128], xmm11
vblendvps xmm6, xmm15, [r9-132], xmm11
vblendvps xmm6, xmm15, [r10+127], xmm11
vblendvps xmm6, xmm15, [r10+8192], xmm11
vblendvps xmm6, xmm15, [r10+8128], xmm11
vblendvps xmm6, xmm15, [rax+rcx*4], xmm11
vblendvps xmm6, xmm15, [rbp+r9*8], xmm11
vblendvps xmm6, xmm15, [r13+r12*1-64], xmm11
vblendvps xmm6, xmm15, [rdx+r15*2+100000], xmm11
vblendvps ymm1, ymm6, ymm10, ymm11
vblendvps ymm6, ymm10, ymm15, ymm11
vblendvps ymm10, ymm15, ymm1, ymm11
vblendvps ymm15, ymm1, ymm6, ymm11
vblendvps ymm6, ymm15, [rax], ymm11
vblendvps ymm6, ymm15, [rbp], ymm11
vblendvps ymm6, ymm15, [rsp], ymm11
vblendvps ymm6, ymm15, [r12], ymm11
vblendvps ymm6, ymm15, [r13], ymm11
vblendvps ymm6, ymm15, [rsi+64], ymm11
vblendvps ymm6, ymm15, [rsi+4], ymm11
vblendvps ymm6, ymm15, [r9-128], ymm11
vblendvps ymm6, ymm15, [r9-132], ymm11
vblendvps ymm6, ymm15, [r10+127], ymm11
vblendvps ymm6, ymm15, [r10+8192], ymm11
vblendvps ymm6, ymm15, [r10+8128], ymm11
vblendvps ymm6, ymm15, [rax+rcx*4], ymm11
vblendvps ymm6, ymm15, [rbp+r9*8], ymm11
vblendvps ymm6, ymm15, [r13+r12*1-64], ymm11
vblendvps ymm6, ymm15, [rdx+r15*2+100000], ymm11
vblendmps xmm1, xmm6, xmm10
vblendmps xmm6, xmm10, xmm15
vblendmps xmm10, xmm15, xmm1
vblendmps xmm15, xmm1, xmm6
vblendmps xmm6, xmm15, [rax]
vblendmps xmm6, xmm15, [rbp]
vblendmps xmm6, xmm15, [rsp]
vblendmps xmm6, xmm15, [r12]
vblendmps xmm6, xmm15, [r13]
vblendmps xmm6, xmm15, [rsi+64]
vblendmps xmm6, xmm15, [rsi+4]
vblendmps xmm6, xmm15, [r9-128]
vblendmps xmm6, xmm15, [r9-132]
vblendmps xmm6, xmm15, [r10+127]
vblendmps xmm6, xmm15, [r10+8192]
vblendmps xmm6, xmm15, [r10+8128]
vblendmps xmm6, xmm15, [rax+rcx*4]
vblendmps xmm6, xmm15, [rbp+r9*8]
vblendmps xmm6, xmm15, [r13+r12*1-64]
vblendmps xmm6, xmm15, [rdx+r15*2+100000]
vblendmps ymm1, ymm6, ymm10
vblendmps ymm6, ymm10, ymm15
vblendmps ymm10, ymm15, ymm1
vblendmps ymm15, ymm1, ymm6
vblendmps ymm6, ymm15, [rax]
vblendmps ymm6, ymm15, [rbp]
vblendmps ymm6, ymm15, [rsp]
vblendmps ymm6, ymm15, [r12]
vblendmps ymm6, ymm15, [r13]
vblendmps ymm6, ymm15, [rsi+64]
vblendmps ymm6, ymm15, [rsi+4]
vblendmps ymm6, ymm15, [r9-128]
vblendmps ymm6, ymm15, [r9-132]
vblendmps ymm6, ymm15, [r10+127]
vblendmps ymm6, ymm15, [r10+8192]
vblendmps ymm6, ymm15, [r10+8128]
vblendmps ymm6, ymm15, [rax+rcx*4]
vblendmps ymm6, ymm15, [rbp+r9*8]
vblendmps ymm6, ymm15, [r13+r12*1-64]
vblendmps ymm6, ymm15, [rdx+r15*2+100000]
vblendmps zmm0, zmm7, zmm9
vblendmps zmm0{k1}, zmm7, zmm9
vblendmps zmm0{k7}{z}, zmm7, zmm9
vblendmps zmm7, zmm9, zmm17
vblendmps zmm7{k1}, zmm9, zmm17
vblendmps zmm7{k7}{z}, zmm9, zmm17
vblendmps zmm9, zmm17, zmm31
vblendmps zmm9{k1}, zmm17, zmm31
vblendmps zmm9{k7}{z}, zmm17, zmm31
vblendmps zmm17, zmm31, zmm0
vblendmps zmm17{k1}, zmm31, zmm0
vblendmps zmm17{k7}{z}, zmm31, zmm0
vblendmps zmm31, zmm0, zmm7
vblendmps zmm31{k1}, zmm0, zmm7
vblendmps zmm31{k7}{z}, zmm0, zmm7
vblendmps zmm7, zmm17, [rax]
vblendmps zmm7, zmm17, [rbp]
vblendmps zmm7, zmm17, [rsp]
vblendmps zmm7, zmm17, [r12]
vblendmps zmm7, zmm17, [r13]
vblendmps zmm7, zmm17, [rsi+64]
vblendmps zmm7, zmm17, [rsi+4]
vblendmps zmm7, zmm17, [r9-128]
vblendmps zmm7, zmm17, [r9-132]
vblendmps zmm7, zmm17, [r10+127]
vblendmps zmm7, zmm17, [r10+8192]
vblendmps zmm7, zmm17, [r10+8128]
vblendmps zmm7, zmm17, [rax+rcx*4]
vblendmps zmm7, zmm17, [rbp+r9*8]
vblendmps zmm7, zmm17, [r13+r12*1-64]
vblendmps zmm7, zmm17, [rdx+r15*2+100000]
vblendmps zmm30{k3}, zmm2, [r8+128]
vblendmps zmm30, zmm2, [r8+12]{1to16}
vblendmps zmm3, zmm2, [rsp+512]{1to16}
vcmpps xmm1, xmm6, xmm10, 1
vcmpps xmm6, xmm10, xmm15, 1
vcmpps xmm10, xmm15, xmm1, 1
vcmpps xmm15, xmm1, xmm6, 1
vcmpps xmm6, xmm15, [rax], 1
vcmpps xmm6, xmm15, [rbp], 1
vcmpps xmm6, xmm15, [rsp], 1
vcmpps xmm6, xmm15, [r12], 1
vcmpps xmm6, xmm15, [r13], 1
vcmpps xmm6, xmm15, [rsi+64], 1
vcmpps xmm6, xmm15, [rsi+4], 1
vcmpps xmm6, xmm15, [r9-128], 1
vcmpps xmm6, xmm15, [r9-132], 1
vcmpps xmm6, xmm15, [r10+127], 1
vcmpps xmm6, xmm15, [r10+8192], 1
vcmpps xmm6, xmm15, [r10+8128], 1
vcmpps xmm6, xmm15, [rax+rcx*4], 1
vcmpps xmm6, xmm15, [rbp+r9*8], 1
vcmpps xmm6, xmm15, [r13+r12*1-64], 1
vcmpps xmm6, xmm15, [rdx+r15*2+100000], 1
vcmpps ymm1, ymm6, ymm10, 1
vcmpps ymm6, ymm10, ymm15, 1
vcmpps ymm10, ymm15, ymm1, 1
vcmpps ymm15, ymm1, ymm6, 1
vcmpps ymm6, ymm15, [rax], 1
vcmpps ymm6, ymm15, [rbp], 1
vcmpps ymm6, ymm15, [rsp], 1
vcmpps ymm6, ymm15, [r12], 1
vcmpps ymm6, ymm15, [r13], 1
vcmpps ymm6, ymm15, [rsi+64], 1
vcmpps ymm6, ymm15, [rsi+4], 1
vcmpps ymm6, ymm15, [r9-128], 1
vcmpps ymm6, ymm15, [r9-132], 1
vcmpps ymm6, ymm15, [r10+127], 1
vcmpps ymm6, ymm15, [r10+8192], 1
vcmpps ymm6, ymm15, [r10+8128], 1
vcmpps ymm6, ymm15, [rax+rcx*4], 1
vcmpps ymm6, ymm15, [rbp+r9*8], 1
vcmpps ymm6, ymm15, [r13+r12*1-64], 1
vcmpps ymm6, ymm15, [rdx+r15*2+100000], 1
vcmpps k2, xmm6, xmm10, 1
vcmpps k2, xmm10, xmm15, 1
vcmpps k2, xmm15, xmm1, 1
vcmpps k2, xmm1, xmm6, 1
vcmpps k2, xmm15, [rax], 1
vcmpps k2, xmm15, [rbp], 1
vcmpps k2, xmm15, [rsp], 1
vcmpps k2, xmm15, [r12], 1
vcmpps k2, xmm15, [r13], 1
vcmpps k2, xmm15, [rsi+64], 1
vcmpps k2, xmm15, [rsi+4], 1
vcmpps k2, xmm15, [r9-128], 1
vcmpps k2, xmm15, [r9-132], 1
vcmpps k2, xmm15, [r10+127], 1
vcmpps k2, xmm15, [r10+8192], 1
vcmpps k2, xmm15, [r10+8128], 1
vcmpps k2, xmm15, [rax+rcx*4], 1
vcmpps k2, xmm15, [rbp+r9*8], 1
vcmpps k2, xmm15, [r13+r12*1-64], 1
vcmpps k2, xmm15, [rdx+r15*2+100000], 1
vcmpps k2, ymm6, ymm10, 1
vcmpps k2, ymm10, ymm15, 1
vcmpps k2, ymm15, ymm1, 1
vcmpps k2, ymm1, ymm6, 1
vcmpps k2, ymm15, [rax], 1
vcmpps k2, ymm15, [rbp], 1
vcmpps k2, ymm15, [rsp], 1
vcmpps k2, ymm15, [r12], 1
vcmpps k2, ymm15, [r13], 1
vcmpps k2, ymm15, [rsi+64], 1
vcmpps k2, ymm15, [rsi+4], 1
vcmpps k2, ymm15, [r9-128], 1
vcmpps k2, ymm15, [r9-132], 1
vcmpps k2, ymm15, [r10+127], 1
vcmpps k2, ymm15, [r10+8192], 1
vcmpps k2, ymm15, [r10+8128], 1
vcmpps k2, ymm15, [rax+rcx*4], 1
vcmpps k2, ymm15, [rbp+r9*8], 1
vcmpps k2, ymm15, [r13+r12*1-64], 1
vcmpps k2, ymm15, [rdx+r15*2+100000], 1
vcmpps k2, zmm7, zmm9, 1
vcmpps k2{k1}, zmm7, zmm9, 1
vcmpps k2, zmm9, zmm17, 1
vcmpps k2{k1}, zmm9, zmm17, 1
vcmpps k2, zmm17, zmm31, 1
vcmpps k2{k1}, zmm17, zmm31, 1
vcmpps k2, zmm31, zmm0, 1
vcmpps k2{k1}, zmm31, zmm0, 1
vcmpps k2, zmm0, zmm7, 1
vcmpps k2{k1}, zmm0, zmm7, 1
vcmpps k2, zmm17, [rax], 1
vcmpps k2, zmm17, [rbp], 1
vcmpps k2, zmm17, [rsp], 1
vcmpps k2, zmm17, [r12], 1
vcmpps k2, zmm17, [r13], 1
vcmpps k2, zmm17, [rsi+64], 1
vcmpps k2, zmm17, [rsi+4], 1
vcmpps k2, zmm17, [r9-128], 1
vcmpps k2, zmm17, [r9-132], 1
vcmpps k2, zmm17, [r10+127], 1
vcmpps k2, zmm17, [r10+8192], 1
vcmpps k2, zmm17, [r10+8128], 1
vcmpps k2, zmm17, [rax+rcx*4], 1
vcmpps k2, zmm17, [rbp+r9*8], 1
vcmpps k2, zmm17, [r13+r12*1-64], 1
vcmpps k2, zmm17, [rdx+r15*2+100000], 1
vcmpps k2{k3}, zmm2, [r8+128], 1
vcmpps k2, zmm2, [r8+12]{1to16}, 1
vcmpps k2, zmm2, [rsp+512]{1to16}, 1
vroundps xmm1, xmm10, 3
vroundps xmm6, xmm15, 3
vroundps xmm10, xmm1, 3
vroundps xmm15, xmm6, 3
vroundps xmm6, [rax], 3
vroundps xmm6, [rbp], 3
vroundps xmm6, [rsp], 3
vroundps xmm6, [r12], 3
vroundps xmm6, [r13], 3
vroundps xmm6, [rsi+64], 3
vroundps xmm6, [rsi+4], 3
vroundps xmm6, [r9-128], 3
vroundps xmm6, [r9-132], 3
vroundps xmm6, [r10+127], 3
vroundps xmm6, [r10+8192], 3
vroundps xmm6, [r10+8128], 3
vroundps xmm6, [rax+rcx*4], 3
vroundps xmm6, [rbp+r9*8], 3
vroundps xmm6, [r13+r12*1-64], 3
vroundps xmm6, [rdx+r15*2+100000], 3
vroundps ymm1, ymm10, 3
vroundps ymm6, ymm15, 3
vroundps ymm10, ymm1, 3
vroundps ymm15, ymm6, 3
vroundps ymm6, [rax], 3
vroundps ymm6, [rbp], 3
vroundps ymm6, [rsp], 3
vroundps ymm6, [r12], 3
vroundps ymm6, [r13], 3
vroundps ymm6, [rsi+64], 3
vroundps ymm6, [rsi+4], 3
vroundps ymm6, [r9-128], 3
vroundps ymm6, [r9-132], 3
vroundps ymm6, [r10+127], 3
vroundps ymm6, [r10+8192], 3
vroundps ymm6, [r10+8128], 3
vroundps ymm6, [rax+rcx*4], 3
vroundps ymm6, [rbp+r9*8], 3
vroundps ymm6, [r13+r12*1-64], 3
vroundps ymm6, [rdx+r15*2+100000], 3
vrndscaleps xmm1, xmm10, 3
vrndscaleps xmm6, xmm15, 3
vrndscaleps xmm10, xmm1, 3
vrndscaleps xmm15, xmm6, 3
vrndscaleps xmm6, [rax], 3
vrndscaleps xmm6, [rbp], 3
vrndscaleps xmm6, [rsp], 3
vrndscaleps xmm6, [r12], 3
vrndscaleps xmm6, [r13], 3
vrndscaleps xmm6, [rsi+64], 3
vrndscaleps xmm6, [rsi+4], 3
vrndscaleps xmm6, [r9-128], 3
vrndscaleps xmm6, [r9-132], 3
vrndscaleps xmm6, [r10+127], 3
vrndscaleps xmm6, [r10+8192], 3
vrndscaleps xmm6, [r10+8128], 3
vrndscaleps xmm6, [rax+rcx*4], 3
vrndscaleps xmm6, [rbp+r9*8], 3
vrndscaleps xmm6, [r13+r12*1-64], 3
vrndscaleps xmm6, [rdx+r15*2+100000], 3
vrndscaleps ymm1, ymm10, 3
vrndscaleps ymm6, ymm15, 3
vrndscaleps ymm10, ymm1, 3
vrndscaleps ymm15, ymm6, 3
vrndscaleps ymm6, [rax], 3
vrndscaleps ymm6, [rbp], 3
vrndscaleps ymm6, [rsp], 3
vrndscaleps ymm6, [r12], 3
vrndscaleps ymm6, [r13], 3
vrndscaleps ymm6, [rsi+64], 3
vrndscaleps ymm6, [rsi+4], 3
vrndscaleps ymm6, [r9-128], 3
vrndscaleps ymm6, [r9-132], 3
vrndscaleps ymm6, [r10+127], 3
vrndscaleps ymm6, [r10+8192], 3
vrndscaleps ymm6, [r10+8128], 3
vrndscaleps ymm6, [rax+rcx*4], 3
vrndscaleps ymm6, [rbp+r9*8], 3
vrndscaleps ymm6, [r13+r12*1-64], 3
vrndscaleps ymm6, [rdx+r15*2+100000], 3
vrndscaleps zmm0, zmm9, 3
vrndscaleps zmm0{k1}, zmm9, 3
vrndscaleps zmm0{k7}{z}, zmm9, 3
vrndscaleps zmm7, zmm17, 3
vrndscaleps zmm7{k1}, zmm17, 3
vrndscaleps zmm7{k7}{z}, zmm17, 3
vrndscaleps zmm9, zmm31, 3
vrndscaleps zmm9{k1}, zmm31, 3
vrndscaleps zmm9{k7}{z}, zmm31, 3
vrndscaleps zmm17, zmm0, 3
vrndscaleps zmm17{k1}, zmm0, 3
vrndscaleps zmm17{k7}{z}, zmm0, 3
vrndscaleps zmm31, zmm7, 3
vrndscaleps zmm31{k1}, zmm7, 3
vrndscaleps zmm31{k7}{z}, zmm7, 3
vrndscaleps zmm7, [rax], 3
vrndscaleps zmm7, [rbp], 3
vrndscaleps zmm7, [rsp], 3
vrndscaleps zmm7, [r12], 3
vrndscaleps zmm7, [r13], 3
vrndscaleps zmm7, [rsi+64], 3
vrndscaleps zmm7, [rsi+4], 3
vrndscaleps zmm7, [r9-128], 3
vrndscaleps zmm7, [r9-132], 3
vrndscaleps zmm7, [r10+127], 3
vrndscaleps zmm7, [r10+8192], 3
vrndscaleps zmm7, [r10+8128], 3
vrndscaleps zmm7, [rax+rcx*4], 3
vrndscaleps zmm7, [rbp+r9*8], 3
vrndscaleps zmm7, [r13+r12*1-64], 3
vrndscaleps zmm7, [rdx+r15*2+100000], 3
vrndscaleps zmm30{k3}, [r8+128], 3
vrndscaleps zmm30, [r8+12]{1to16}, 3
vrndscaleps zmm3, [rsp+512]{1to16}, 3
vscalefps xmm1, xmm6, xmm10
vscalefps xmm6, xmm10, xmm15
vscalefps xmm10, xmm15, xmm1
vscalefps xmm15, xmm1, xmm6
vscalefps xmm6, xmm15, [rax]
vscalefps xmm6, xmm15, [rbp]
vscalefps xmm6, xmm15, [rsp]
vscalefps xmm6, xmm15, [r12]
vscalefps xmm6, xmm15, [r13]
vscalefps xmm6, xmm15, [rsi+64]
vscalefps xmm6, xmm15, [rsi+4]
vscalefps xmm6, xmm15, [r9-128]
vscalefps xmm6, xmm15, [r9-132]
vscalefps xmm6, xmm15, [r10+127]
vscalefps xmm6, xmm15, [r10+8192]
vscalefps xmm6, xmm15, [r10+8128]
vscalefps xmm6, xmm15, [rax+rcx*4]
vscalefps xmm6, xmm15, [rbp+r9*8]
vscalefps xmm6, xmm15, [r13+r12*1-64]
vscalefps xmm6, xmm15, [rdx+r15*2+100000]
vscalefps ymm1, ymm6, ymm10
vscalefps ymm6, ymm10, ymm15
vscalefps ymm10, ymm15, ymm1
vscalefps ymm15, ymm1, ymm6
vscalefps ymm6, ymm15, [rax]
vscalefps ymm6, ymm15, [rbp]
vscalefps ymm6, ymm15, [rsp]
vscalefps ymm6, ymm15, [r12]
vscalefps ymm6, ymm15, [r13]
vscalefps ymm6, ymm15, [rsi+64]
vscalefps ymm6, ymm15, [rsi+4]
vscalefps ymm6, ymm15, [r9-128]
vscalefps ymm6, ymm15, [r9-132]
vscalefps ymm6, ymm15, [r10+127]
vscalefps ymm6, ymm15, [r10+8192]
vscalefps ymm6, ymm15, [r10+8128]
vscalefps ymm6, ymm15, [rax+rcx*4]
vscalefps ymm6, ymm15, [rbp+r9*8]
vscalefps ymm6, ymm15, [r13+r12*1-64]
vscalefps ymm6, ymm15, [rdx+r15*2+100000]
vscalefps zmm0, zmm7, zmm9
vscalefps zmm0{k1}, zmm7, zmm9
vscalefps zmm0{k7}{z}, zmm7, zmm9
vscalefps zmm7, zmm9, zmm17
vscalefps zmm7{k1}, zmm9, zmm17
vscalefps zmm7{k7}{z}, zmm9, zmm17
vscalefps zmm9, zmm17, zmm31
vscalefps zmm9{k1}, zmm17, zmm31
vscalefps zmm9{k7}{z}, zmm17, zmm31
vscalefps zmm17, zmm31, zmm0
vscalefps zmm17{k1}, zmm31, zmm0
vscalefps zmm17{k7}{z}, zmm31, zmm0
vscalefps zmm31, zmm0, zmm7
vscalefps zmm31{k1}, zmm0, zmm7
vscalefps zmm31{k7}{z}, zmm0, zmm7
vscalefps zmm7, zmm17, [rax]
vscalefps zmm7, zmm17, [rbp]
vscalefps zmm7, zmm17, [rsp]
vscalefps zmm7, zmm17, [r12]
vscalefps zmm7, zmm17, [r13]
vscalefps zmm7, zmm17, [rsi+64]
vscalefps zmm7, zmm17, [rsi+4]
vscalefps zmm7, zmm17, [r9-128]
vscalefps zmm7, zmm17, [r9-132]
vscalefps zmm7, zmm17, [r10+127]
vscalefps zmm7, zmm17, [r10+8192]
vscalefps zmm7, zmm17, [r10+8128]
vscalefps zmm7, zmm17, [rax+rcx*4]
vscalefps zmm7, zmm17, [rbp+r9*8]
vscalefps zmm7, zmm17, [r13+r12*1-64]
vscalefps zmm7, zmm17, [rdx+r15*2+100000]
vscalefps zmm30{k3}, zmm2, [r8+128]
vscalefps zmm30, zmm2, [r8+12]{1to16}
vscalefps zmm3, zmm2, [rsp+512]{1to16}
vcvtps2dq xmm1, xmm10
vcvtps2dq xmm6, xmm15
vcvtps2dq xmm10, xmm1
vcvtps2dq xmm15, xmm6
vcvtps2dq xmm6, [rax]
vcvtps2dq xmm6, [rbp]
vcvtps2dq xmm6, [rsp]
vcvtps2dq xmm6, [r12]
vcvtps2dq xmm6, [r13]
vcvtps2dq xmm6, [rsi+64]
vcvtps2dq xmm6, [rsi+4]
vcvtps2dq xmm6, [r9-128]
vcvtps2dq xmm6, [r9-132]
vcvtps2dq xmm6, [r10+127]
vcvtps2dq xmm6, [r10+8192]
vcvtps2dq xmm6, [r10+8128]
vcvtps2dq xmm6, [rax+rcx*4]
vcvtps2dq xmm6, [rbp+r9*8]
vcvtps2dq xmm6, [r13+r12*1-64]
vcvtps2dq xmm6, [rdx+r15*2+100000]
vcvtps2dq ymm1, ymm10
vcvtps2dq ymm6, ymm15
vcvtps2dq ymm10, ymm1
vcvtps2dq ymm15, ymm6
vcvtps2dq ymm6, [rax]
vcvtps2dq ymm6, [rbp]
vcvtps2dq ymm6, [rsp]
vcvtps2dq ymm6, [r12]
vcvtps2dq ymm6, [r13]
vcvtps2dq ymm6, [rsi+64]
vcvtps2dq ymm6, [rsi+4]
vcvtps2dq ymm6, [r9-128]
vcvtps2dq ymm6, [r9-132]
vcvtps2dq ymm6, [r10+127]
vcvtps2dq ymm6, [r10+8192]
vcvtps2dq ymm6, [r10+8128]
vcvtps2dq ymm6, [rax+rcx*4]
vcvtps2dq ymm6, [rbp+r9*8]
vcvtps2dq ymm6, [r13+r12*1-64]
vcvtps2dq ymm6, [rdx+r15*2+100000]
vcvtps2dq zmm0, zmm9
vcvtps2dq zmm0{k1}, zmm9
vcvtps2dq zmm0{k7}{z}, zmm9
vcvtps2dq zmm7, zmm17
vcvtps2dq zmm7{k1}, zmm17
vcvtps2dq zmm7{k7}{z}, zmm17
vcvtps2dq zmm9, zmm31
vcvtps2dq zmm9{k1}, zmm31
vcvtps2dq zmm9{k7}{z}, zmm31
vcvtps2dq zmm17, zmm0
vcvtps2dq zmm17{k1}, zmm0
vcvtps2dq zmm17{k7}{z}, zmm0
vcvtps2dq zmm31, zmm7
vcvtps2dq zmm31{k1}, zmm7
vcvtps2dq zmm31{k7}{z}, zmm7
vcvtps2dq zmm7, [rax]
vcvtps2dq zmm7, [rbp]
vcvtps2dq zmm7, [rsp]
vcvtps2dq zmm7, [r12]
vcvtps2dq zmm7, [r13]
vcvtps2dq zmm7, [rsi+64]
vcvtps2dq zmm7, [rsi+4]
vcvtps2dq zmm7, [r9-128]
vcvtps2dq zmm7, [r9-132]
vcvtps2dq zmm7, [r10+127]
vcvtps2dq zmm7, [r10+8192]
vcvtps2dq zmm7, [r10+8128]
vcvtps2dq zmm7, [rax+rcx*4]
vcvtps2dq zmm7, [rbp+r9*8]
vcvtps2dq zmm7, [r13+r12*1-64]
vcvtps2dq zmm7, [rdx+r15*2+100000]
vcvtps2dq zmm30{k3}, [r8+128]
vcvtps2dq zmm30, [r8+12]{1to16}
vcvtps2dq zmm3, [rsp+512]{1to16}
vcvtdq2ps xmm1, xmm10
vcvtdq2ps xmm6, xmm15
vcvtdq2ps xmm10, xmm1
vcvtdq2ps xmm15, xmm6
vcvtdq2ps xmm6, [rax]
vcvtdq2ps xmm6, [rbp]
vcvtdq2ps xmm6, [rsp]
vcvtdq2ps xmm6, [r12]
vcvtdq2ps xmm6, [r13]
vcvtdq2ps xmm6, [rsi+64]
vcvtdq2ps xmm6, [rsi+4]
vcvtdq2ps xmm6, [r9-128]
vcvtdq2ps xmm6, [r9-132]
vcvtdq2ps xmm6, [r10+127]
vcvtdq2ps xmm6, [r10+8192]
vcvtdq2ps xmm6, [r10+8128]
vcvtdq2ps xmm6, [rax+rcx*4]
vcvtdq2ps xmm6, [rbp+r9*8]
vcvtdq2ps xmm6, [r13+r12*1-64]
vcvtdq2ps xmm6, [rdx+r15*2+100000]
vcvtdq2ps ymm1, ymm10
vcvtdq2ps ymm6, ymm15
vcvtdq2ps ymm10, ymm1
vcvtdq2ps ymm15, ymm6
vcvtdq2ps ymm6, [rax]
vcvtdq2ps ymm6, [rbp]
vcvtdq2ps ymm6, [rsp]
vcvtdq2ps ymm6, [r12]
vcvtdq2ps ymm6, [r13]
vcvtdq2ps ymm6, [rsi+64]
vcvtdq2ps ymm6, [rsi+4]
vcvtdq2ps ymm6, [r9-128]
vcvtdq2ps ymm6, [r9-132]
vcvtdq2ps ymm6, [r10+127]
vcvtdq2ps ymm6, [r10+8192]
vcvtdq2ps ymm6, [r10+8128]
vcvtdq2ps ymm6, [rax+rcx*4]
vcvtdq2ps ymm6, [rbp+r9*8]
vcvtdq2ps ymm6, [r13+r12*1-64]
vcvtdq2ps ymm6, [rdx+r15*2+100000]
vcvtdq2ps zmm0, zmm9
vcvtdq2ps zmm0{k1}, zmm9
vcvtdq2ps zmm0{k7}{z}, zmm9
vcvtdq2ps zmm7, zmm17
vcvtdq2ps zmm7{k1}, zmm17
vcvtdq2ps zmm7{k7}{z}, zmm17
vcvtdq2ps zmm9, zmm31
vcvtdq2ps zmm9{k1}, zmm31
vcvtdq2ps zmm9{k7}{z}, zmm31
vcvtdq2ps zmm17, zmm0
vcvtdq2ps zmm17{k1}, zmm0
vcvtdq2ps zmm17{k7}{z}, zmm0
vcvtdq2ps zmm31, zmm7
vcvtdq2ps zmm31{k1}, zmm7
vcvtdq2ps zmm31{k7}{z}, zmm7
vcvtdq2ps zmm7, [rax]
vcvtdq2ps zmm7, [rbp]
vcvtdq2ps zmm7, [rsp]
vcvtdq2ps zmm7, [r12]
vcvtdq2ps zmm7, [r13]
vcvtdq2ps zmm7, [rsi+64]
vcvtdq2ps zmm7, [rsi+4]
vcvtdq2ps zmm7, [r9-128]
vcvtdq2ps zmm7, [r9-132]
vcvtdq2ps zmm7, [r10+127]
vcvtdq2ps zmm7, [r10+8192]
vcvtdq2ps zmm7, [r10+8128]
vcvtdq2ps zmm7, [rax+rcx*4]
vcvtdq2ps zmm7, [rbp+r9*8]
vcvtdq2ps zmm7, [r13+r12*1-64]
vcvtdq2ps zmm7, [rdx+r15*2+100000]
vcvtdq2ps zmm30{k3}, [r8+128]
vcvtdq2ps zmm30, [r8+12]{1to16}
vcvtdq2ps zmm3, [rsp+512]{1to16}
vcvtph2ps xmm1, xmm10
vcvtph2ps xmm6, xmm15
vcvtph2ps xmm10, xmm1
vcvtph2ps xmm15, xmm6
vcvtph2ps xmm6, [rax]
vcvtph2ps xmm6, [rbp]
vcvtph2ps xmm6, [rsp]
vcvtph2ps xmm6, [r12]
vcvtph2ps xmm6, [r13]
vcvtph2ps xmm6, [rsi+64]
vcvtph2ps xmm6, [rsi+4]
vcvtph2ps xmm6, [r9-128]
vcvtph2ps xmm6, [r9-132]
vcvtph2ps xmm6, [r10+127]
vcvtph2ps xmm6, [r10+8192]
vcvtph2ps xmm6, [r10+8128]
vcvtph2ps xmm6, [rax+rcx*4]
vcvtph2ps xmm6, [rbp+r9*8]
vcvtph2ps xmm6, [r13+r12*1-64]
vcvtph2ps xmm6, [rdx+r15*2+100000]
vcvtph2ps ymm1, xmm10
vcvtph2ps ymm6, xmm15
vcvtph2ps ymm10, xmm1
vcvtph2ps ymm15, xmm6
vcvtph2ps ymm6, [rax]
vcvtph2ps ymm6, [rbp]
vcvtph2ps ymm6, [rsp]
vcvtph2ps ymm6, [r12]
vcvtph2ps ymm6, [r13]
vcvtph2ps ymm6, [rsi+64]
vcvtph2ps ymm6, [rsi+4]
vcvtph2ps ymm6, [r9-128]
vcvtph2ps ymm6, [r9-132]
vcvtph2ps ymm6, [r10+127]
vcvtph2ps ymm6, [r10+8192]
vcvtph2ps ymm6, [r10+8128]
vcvtph2ps ymm6, [rax+rcx*4]
vcvtph2ps ymm6, [rbp+r9*8]
vcvtph2ps ymm6, [r13+r12*1-64]
vcvtph2ps ymm6, [rdx+r15*2+100000]
vcvtph2ps zmm0, ymm9
vcvtph2ps zmm0{k1}, ymm9
vcvtph2ps zmm0{k7}{z}, ymm9
vcvtph2ps zmm7, ymm17
vcvtph2ps zmm7{k1}, ymm17
vcvtph2ps zmm7{k7}{z}, ymm17
vcvtph2ps zmm9, ymm31
vcvtph2ps zmm9{k1}, ymm31
vcvtph2ps zmm9{k7}{z}, ymm31
vcvtph2ps zmm17, ymm0
vcvtph2ps zmm17{k1}, ymm0
vcvtph2ps zmm17{k7}{z}, ymm0
vcvtph2ps zmm31, ymm7
vcvtph2ps zmm31{k1}, ymm7
vcvtph2ps zmm31{k7}{z}, ymm7
vcvtph2ps zmm7, [rax]
vcvtph2ps zmm7, [rbp]
vcvtph2ps zmm7, [rsp]
vcvtph2ps zmm7, [r12]
vcvtph2ps zmm7, [r13]
vcvtph2ps zmm7, [rsi+64]
vcvtph2ps zmm7, [rsi+4]
vcvtph2ps zmm7, [r9-128]
vcvtph2ps zmm7, [r9-132]
vcvtph2ps zmm7, [r10+127]
vcvtph2ps zmm7, [r10+8192]
vcvtph2ps zmm7, [r10+8128]
vcvtph2ps zmm7, [rax+rcx*4]
vcvtph2ps zmm7, [rbp+r9*8]
vcvtph2ps zmm7, [r13+r12*1-64]
vcvtph2ps zmm7, [rdx+r15*2+100000]
vcvtph2ps zmm30{k3}, [r8+128]
vcvtps2ph xmm10, xmm1, 1
vcvtps2ph xmm15, xmm6, 1
vcvtps2ph xmm1, xmm10, 1
vcvtps2ph xmm6, xmm15, 1
vcvtps2ph [rax], xmm6, 1
vcvtps2ph [rbp], xmm6, 1
vcvtps2ph [rsp], xmm6, 1
vcvtps2ph [r12], xmm6, 1
vcvtps2ph [r13], xmm6, 1
vcvtps2ph [rsi+64], xmm6, 1
vcvtps2ph [rsi+4], xmm6, 1
vcvtps2ph [r9-128], xmm6, 1
vcvtps2ph [r9-132], xmm6, 1
vcvtps2ph [r10+127], xmm6, 1
vcvtps2ph [r10+8192], xmm6, 1
vcvtps2ph [r10+8128], xmm6, 1
vcvtps2ph [rax+rcx*4], xmm6, 1
vcvtps2ph [rbp+r9*8], xmm6, 1
vcvtps2ph [r13+r12*1-64], xmm6, 1
vcvtps2ph [rdx+r15*2+100000], xmm6, 1
vcvtps2ph xmm10, ymm1, 1
vcvtps2ph xmm15, ymm6, 1
vcvtps2ph xmm1, ymm10, 1
vcvtps2ph xmm6, ymm15, 1
vcvtps2ph [rax], ymm6, 1
vcvtps2ph [rbp], ymm6, 1
vcvtps2ph [rsp], ymm6, 1
vcvtps2ph [r12], ymm6, 1
vcvtps2ph [r13], ymm6, 1
vcvtps2ph [rsi+64], ymm6, 1
vcvtps2ph [rsi+4], ymm6, 1
vcvtps2ph [r9-128], ymm6, 1
vcvtps2ph [r9-132], ymm6, 1
vcvtps2ph [r10+127], ymm6, 1
vcvtps2ph [r10+8192], ymm6, 1
vcvtps2ph [r10+8128], ymm6, 1
vcvtps2ph [rax+rcx*4], ymm6, 1
vcvtps2ph [rbp+r9*8], ymm6, 1
vcvtps2ph [r13+r12*1-64], ymm6, 1
vcvtps2ph [rdx+r15*2+100000], ymm6, 1
vcvtps2ph ymm9, zmm0, 1
vcvtps2ph ymm9{k1}, zmm0, 1
vcvtps2ph ymm17, zmm7, 1
vcvtps2ph ymm17{k1}, zmm7, 1
vcvtps2ph ymm31, zmm9, 1
vcvtps2ph ymm31{k1}, zmm9, 1
vcvtps2ph ymm0, zmm17, 1
vcvtps2ph ymm0{k1}, zmm17, 1
vcvtps2ph ymm7, zmm31, 1
vcvtps2ph ymm7{k1}, zmm31, 1
vcvtps2ph [rax], zmm7, 1
vcvtps2ph [rbp], zmm7, 1
vcvtps2ph [rsp], zmm7, 1
vcvtps2ph [r12], zmm7, 1
vcvtps2ph [r13], zmm7, 1
vcvtps2ph [rsi+64], zmm7, 1
vcvtps2ph [rsi+4], zmm7, 1
vcvtps2ph [r9-128], zmm7, 1
vcvtps2ph [r9-132], zmm7, 1
vcvtps2ph [r10+127], zmm7, 1
vcvtps2ph [r10+8192], zmm7, 1
vcvtps2ph [r10+8128], zmm7, 1
vcvtps2ph [rax+rcx*4], zmm7, 1
vcvtps2ph [rbp+r9*8], zmm7, 1
vcvtps2ph [r13+r12*1-64], zmm7, 1
vcvtps2ph [rdx+r15*2+100000], zmm7, 1
vcvtps2ph [r8+128]{k3}, zmm30, 1
vcvtps2pd xmm1, xmm10
vcvtps2pd xmm6, xmm15
vcvtps2pd xmm10, xmm1
vcvtps2pd xmm15, xmm6
vcvtps2pd xmm6, [rax]
vcvtps2pd xmm6, [rbp]
vcvtps2pd xmm6, [rsp]
vcvtps2pd xmm6, [r12]
vcvtps2pd xmm6, [r13]
vcvtps2pd xmm6, [rsi+64]
vcvtps2pd xmm6, [rsi+4]
vcvtps2pd xmm6, [r9-128]
vcvtps2pd xmm6, [r9-132]
vcvtps2pd xmm6, [r10+127]
vcvtps2pd xmm6, [r10+8192]
vcvtps2pd xmm6, [r10+8128]
vcvtps2pd xmm6, [rax+rcx*4]
vcvtps2pd xmm6, [rbp+r9*8]
vcvtps2pd xmm6, [r13+r12*1-64]
vcvtps2pd xmm6, [rdx+r15*2+100000]
vcvtps2pd ymm1, xmm10
vcvtps2pd ymm6, xmm15
vcvtps2pd ymm10, xmm1
vcvtps2pd ymm15, xmm6
vcvtps2pd ymm6, [rax]
vcvtps2pd ymm6, [rbp]
vcvtps2pd ymm6, [rsp]
vcvtps2pd ymm6, [r12]
vcvtps2pd ymm6, [r13]
vcvtps2pd ymm6, [rsi+64]
vcvtps2pd ymm6, [rsi+4]
vcvtps2pd ymm6, [r9-128]
vcvtps2pd ymm6, [r9-132]
vcvtps2pd ymm6, [r10+127]
vcvtps2pd ymm6, [r10+8192]
vcvtps2pd ymm6, [r10+8128]
vcvtps2pd ymm6, [rax+rcx*4]
vcvtps2pd ymm6, [rbp+r9*8]
vcvtps2pd ymm6, [r13+r12*1-64]
vcvtps2pd ymm6, [rdx+r15*2+100000]
vcvtps2pd zmm0, ymm9
vcvtps2pd zmm0{k1}, ymm9
vcvtps2pd zmm0{k7}{z}, ymm9
vcvtps2pd zmm7, ymm17
vcvtps2pd zmm7{k1}, ymm17
vcvtps2pd zmm7{k7}{z}, ymm17
vcvtps2pd zmm9, ymm31
vcvtps2pd zmm9{k1}, ymm31
vcvtps2pd zmm9{k7}{z}, ymm31
vcvtps2pd zmm17, ymm0
vcvtps2pd zmm17{k1}, ymm0
vcvtps2pd zmm17{k7}{z}, ymm0
vcvtps2pd zmm31, ymm7
vcvtps2pd zmm31{k1}, ymm7
vcvtps2pd zmm31{k7}{z}, ymm7
vcvtps2pd zmm7, [rax]
vcvtps2pd zmm7, [rbp]
vcvtps2pd zmm7, [rsp]
vcvtps2pd zmm7, [r12]
vcvtps2pd zmm7, [r13]
vcvtps2pd zmm7, [rsi+64]
vcvtps2pd zmm7, [rsi+4]
vcvtps2pd zmm7, [r9-128]
vcvtps2pd zmm7, [r9-132]
vcvtps2pd zmm7, [r10+127]
vcvtps2pd zmm7, [r10+8192]
vcvtps2pd zmm7, [r10+8128]
vcvtps2pd zmm7, [rax+rcx*4]
vcvtps2pd zmm7, [rbp+r9*8]
vcvtps2pd zmm7, [r13+r12*1-64]
vcvtps2pd zmm7, [rdx+r15*2+100000]
vcvtps2pd zmm30{k3}, [r8+128]
vaddpd xmm1, xmm6, xmm10
vaddpd xmm6, xmm10, xmm15
vaddpd xmm10, xmm15, xmm1
vaddpd xmm15, xmm1, xmm6
vaddpd xmm6, xmm15, [rax]
vaddpd xmm6, xmm15, [rbp]
vaddpd xmm6, xmm15, [rsp]
vaddpd xmm6, xmm15, [r12]
vaddpd xmm6, xmm15, [r13]
vaddpd xmm6, xmm15, [rsi+64]
vaddpd xmm6, xmm15, [rsi+4]
vaddpd xmm6, xmm15, [r9-128]
vaddpd xmm6, xmm15, [r9-132]
vaddpd xmm6, xmm15, [r10+127]
vaddpd xmm6, xmm15, [r10+8192]
vaddpd xmm6, xmm15, [r10+8128]
vaddpd xmm6, xmm15, [rax+rcx*4]
vaddpd xmm6, xmm15, [rbp+r9*8]
vaddpd xmm6, xmm15, [r13+r12*1-64]
vaddpd xmm6, xmm15, [rdx+r15*2+100000]
vaddpd ymm1, ymm6, ymm10
vaddpd ymm6, ymm10, ymm15
vaddpd ymm10, ymm15, ymm1
vaddpd ymm15, ymm1, ymm6
vaddpd ymm6, ymm15, [rax]
vaddpd ymm6, ymm15, [rbp]
vaddpd ymm6, ymm15, [rsp]
vaddpd ymm6, ymm15, [r12]
vaddpd ymm6, ymm15, [r13]
vaddpd ymm6, ymm15, [rsi+64]
vaddpd ymm6, ymm15, [rsi+4]
vaddpd ymm6, ymm15, [r9-128]
vaddpd ymm6, ymm15, [r9-132]
vaddpd ymm6, ymm15, [r10+127]
vaddpd ymm6, ymm15, [r10+8192]
vaddpd ymm6, ymm15, [r10+8128]
vaddpd ymm6, ymm15, [rax+rcx*4]
vaddpd ymm6, ymm15, [rbp+r9*8]
vaddpd ymm6, ymm15, [r13+r12*1-64]
vaddpd ymm6, ymm15, [rdx+r15*2+100000]
vaddpd zmm0, zmm7, zmm9
vaddpd zmm0{k1}, zmm7, zmm9
vaddpd zmm0{k7}{z}, zmm7, zmm9
vaddpd zmm7, zmm9, zmm17
vaddpd zmm7{k1}, zmm9, zmm17
vaddpd zmm7{k7}{z}, zmm9, zmm17
vaddpd zmm9, zmm17, zmm31
vaddpd zmm9{k1}, zmm17, zmm31
vaddpd zmm9{k7}{z}, zmm17, zmm31
vaddpd zmm17, zmm31, zmm0
vaddpd zmm17{k1}, zmm31, zmm0
vaddpd zmm17{k7}{z}, zmm31, zmm0
vaddpd zmm31, zmm0, zmm7
vaddpd zmm31{k1}, zmm0, zmm7
vaddpd zmm31{k7}{z}, zmm0, zmm7
vaddpd zmm7, zmm17, [rax]
vaddpd zmm7, zmm17, [rbp]
vaddpd zmm7, zmm17, [rsp]
vaddpd zmm7, zmm17, [r12]
vaddpd zmm7, zmm17, [r13]
vaddpd zmm7, zmm17, [rsi+64]
vaddpd zmm7, zmm17, [rsi+4]
vaddpd zmm7, zmm17, [r9-128]
vaddpd zmm7, zmm17, [r9-132]
vaddpd zmm7, zmm17, [r10+127]
vaddpd zmm7, zmm17, [r10+8192]
vaddpd zmm7, zmm17, [r10+8128]
vaddpd zmm7, zmm17, [rax+rcx*4]
vaddpd zmm7, zmm17, [rbp+r9*8]
vaddpd zmm7, zmm17, [r13+r12*1-64]
vaddpd zmm7, zmm17, [rdx+r15*2+100000]
vaddpd zmm30{k3}, zmm2, [r8+128]
vfmadd231pd xmm1, xmm6, xmm10
vfmadd231pd xmm6, xmm10, xmm15
vfmadd231pd xmm10, xmm15, xmm1
vfmadd231pd xmm15, xmm1, xmm6
vfmadd231pd xmm6, xmm15, [rax]
vfmadd231pd xmm6, xmm15, [rbp]
vfmadd231pd xmm6, xmm15, [rsp]
vfmadd231pd xmm6, xmm15, [r12]
vfmadd231pd xmm6, xmm15, [r13]
vfmadd231pd xmm6, xmm15, [rsi+64]
vfmadd231pd xmm6, xmm15, [rsi+4]
vfmadd231pd xmm6, xmm15, [r9-128]
vfmadd231pd xmm6, xmm15, [r9-132]
vfmadd231pd xmm6, xmm15, [r10+127]
vfmadd231pd xmm6, xmm15, [r10+8192]
vfmadd231pd xmm6, xmm15, [r10+8128]
vfmadd231pd xmm6, xmm15, [rax+rcx*4]
vfmadd231pd xmm6, xmm15, [rbp+r9*8]
vfmadd231pd xmm6, xmm15, [r13+r12*1-64]
vfmadd231pd xmm6, xmm15, [rdx+r15*2+100000]
vfmadd231pd ymm1, ymm6, ymm10
vfmadd231pd ymm6, ymm10, ymm15
vfmadd231pd ymm10, ymm15, ymm1
vfmadd231pd ymm15, ymm1, ymm6
vfmadd231pd ymm6, ymm15, [rax]
vfmadd231pd ymm6, ymm15, [rbp]
vfmadd231pd ymm6, ymm15, [rsp]
vfmadd231pd ymm6, ymm15, [r12]
vfmadd231pd ymm6, ymm15, [r13]
vfmadd231pd ymm6, ymm15, [rsi+64]
vfmadd231pd ymm6, ymm15, [rsi+4]
vfmadd231pd ymm6, ymm15, [r9-128]
vfmadd231pd ymm6, ymm15, [r9-132]
vfmadd231pd ymm6, ymm15, [r10+127]
vfmadd231pd ymm6, ymm15, [r10+8192]
vfmadd231pd ymm6, ymm15, [r10+8128]
vfmadd231pd ymm6, ymm15, [rax+rcx*4]
vfmadd231pd ymm6, ymm15, [rbp+r9*8]
vfmadd231pd ymm6, ymm15, [r13+r12*1-64]
vfmadd231pd ymm6, ymm15, [rdx+r15*2+100000]
vfmadd231pd zmm0, zmm7, zmm9
vfmadd231pd zmm0{k1}, zmm7, zmm9
vfmadd231pd zmm0{k7}{z}, zmm7, zmm9
vfmadd231pd zmm7, zmm9, zmm17
vfmadd231pd zmm7{k1}, zmm9, zmm17
vfmadd231pd zmm7{k7}{z}, zmm9, zmm17
vfmadd231pd zmm9, zmm17, zmm31
vfmadd231pd zmm9{k1}, zmm17, zmm31
vfmadd231pd zmm9{k7}{z}, zmm17, zmm31
vfmadd231pd zmm17, zmm31, zmm0
vfmadd231pd zmm17{k1}, zmm31, zmm0
vfmadd231pd zmm17{k7}{z}, zmm31, zmm0
vfmadd231pd zmm31, zmm0, zmm7
vfmadd231pd zmm31{k1}, zmm0, zmm7
vfmadd231pd zmm31{k7}{z}, zmm0, zmm7
vfmadd231pd zmm7, zmm17, [rax]
vfmadd231pd zmm7, zmm17, [rbp]
vfmadd231pd zmm7, zmm17, [rsp]
vfmadd231pd zmm7, zmm17, [r12]
vfmadd231pd zmm7, zmm17, [r13]
vfmadd231pd zmm7, zmm17, [rsi+64]
vfmadd231pd zmm7, zmm17, [rsi+4]
vfmadd231pd zmm7, zmm17, [r9-128]
vfmadd231pd zmm7, zmm17, [r9-132]
vfmadd231pd zmm7, zmm17, [r10+127]
vfmadd231pd zmm7, zmm17, [r10+8192]
vfmadd231pd zmm7, zmm17, [r10+8128]
vfmadd231pd zmm7, zmm17, [rax+rcx*4]
vfmadd231pd zmm7, zmm17, [rbp+r9*8]
vfmadd231pd zmm7, zmm17, [r13+r12*1-64]
vfmadd231pd zmm7, zmm17, [rdx+r15*2+100000]
vfmadd231pd zmm30{k3}, zmm2, [r8+128]
vcvtneps2bf16 xmm1, xmm10
vcvtneps2bf16 xmm6, xmm15
vcvtneps2bf16 xmm10, xmm1
vcvtneps2bf16 xmm15, xmm6
vcvtneps2bf16 xmm1, ymm10
vcvtneps2bf16 xmm6, ymm15
vcvtneps2bf16 xmm10, ymm1
vcvtneps2bf16 xmm15, ymm6
vcvtneps2bf16 ymm0, zmm9
vcvtneps2bf16 ymm0{k1}, zmm9
vcvtneps2bf16 ymm0{k7}{z}, zmm9
vcvtneps2bf16 ymm7, zmm17
vcvtneps2bf16 ymm7{k1}, zmm17
vcvtneps2bf16 ymm7{k7}{z}, zmm17
vcvtneps2bf16 ymm9, zmm31
vcvtneps2bf16 ymm9{k1}, zmm31
vcvtneps2bf16 ymm9{k7}{z}, zmm31
vcvtneps2bf16 ymm17, zmm0
vcvtneps2bf16 ymm17{k1}, zmm0
vcvtneps2bf16 ymm17{k7}{z}, zmm0
vcvtneps2bf16 ymm31, zmm7
vcvtneps2bf16 ymm31{k1}, zmm7
vcvtneps2bf16 ymm31{k7}{z}, zmm7
vcvtne2ps2bf16 xmm1, xmm6, xmm10
vcvtne2ps2bf16 xmm6, xmm10, xmm15
vcvtne2ps2bf16 xmm10, xmm15, xmm1
vcvtne2ps2bf16 xmm15, xmm1, xmm6
vcvtne2ps2bf16 xmm6, xmm15, [rax]
vcvtne2ps2bf16 xmm6, xmm15, [rbp]
vcvtne2ps2bf16 xmm6, xmm15, [rsp]
vcvtne2ps2bf16 xmm6, xmm15, [r12]
vcvtne2ps2bf16 xmm6, xmm15, [r13]
vcvtne2ps2bf16 xmm6, xmm15, [rsi+64]
vcvtne2ps2bf16 xmm6, xmm15, [rsi+4]
vcvtne2ps2bf16 xmm6, xmm15, [r9-128]
vcvtne2ps2bf16 xmm6, xmm15, [r9-132]
vcvtne2ps2bf16 xmm6, xmm15, [r10+127]
vcvtne2ps2bf16 xmm6, xmm15, [r10+8192]
vcvtne2ps2bf16 xmm6, xmm15, [r10+8128]
vcvtne2ps2bf16 xmm6, xmm15, [rax+rcx*4]
vcvtne2ps2bf16 xmm6, xmm15, [rbp+r9*8]
vcvtne2ps2bf16 xmm6, xmm15, [r13+r12*1-64]
vcvtne2ps2bf16 xmm6, xmm15, [rdx+r15*2+100000]
vcvtne2ps2bf16 ymm1, ymm6, ymm10
vcvtne2ps2bf16 ymm6, ymm10, ymm15
vcvtne2ps2bf16 ymm10, ymm15, ymm1
vcvtne2ps2bf16 ymm15, ymm1, ymm6
vcvtne2ps2bf16 ymm6, ymm15, [rax]
vcvtne2ps2bf16 ymm6, ymm15, [rbp]
vcvtne2ps2bf16 ymm6, ymm15, [rsp]
vcvtne2ps2bf16 ymm6, ymm15, [r12]
vcvtne2ps2bf16 ymm6, ymm15, [r13]
vcvtne2ps2bf16 ymm6, ymm15, [rsi+64]
vcvtne2ps2bf16 ymm6, ymm15, [rsi+4]
vcvtne2ps2bf16 ymm6, ymm15, [r9-128]
vcvtne2ps2bf16 ymm6, ymm15, [r9-132]
vcvtne2ps2bf16 ymm6, ymm15, [r10+127]
vcvtne2ps2bf16 ymm6, ymm15, [r10+8192]
vcvtne2ps2bf16 ymm6, ymm15, [r10+8128]
vcvtne2ps2bf16 ymm6, ymm15, [rax+rcx*4]
vcvtne2ps2bf16 ymm6, ymm15, [rbp+r9*8]
vcvtne2ps2bf16 ymm6, ymm15, [r13+r12*1-64]
vcvtne2ps2bf16 ymm6, ymm15, [rdx+r15*2+100000]
vcvtne2ps2bf16 zmm0, zmm7, zmm9
vcvtne2ps2bf16 zmm0{k1}, zmm7, zmm9
vcvtne2ps2bf16 zmm0{k7}{z}, zmm7, zmm9
vcvtne2ps2bf16 zmm7, zmm9, zmm17
vcvtne2ps2bf16 zmm7{k1}, zmm9, zmm17
vcvtne2ps2bf16 zmm7{k7}{z}, zmm9, zmm17
vcvtne2ps2bf16 zmm9, zmm17, zmm31
vcvtne2ps2bf16 zmm9{k1}, zmm17, zmm31
vcvtne2ps2bf16 zmm9{k7}{z}, zmm17, zmm31
vcvtne2ps2bf16 zmm17, zmm31, zmm0
vcvtne2ps2bf16 zmm17{k1}, zmm31, zmm0
vcvtne2ps2bf16 zmm17{k7}{z}, zmm31, zmm0
vcvtne2ps2bf16 zmm31, zmm0, zmm7
vcvtne2ps2bf16 zmm31{k1}, zmm0, zmm7
vcvtne2ps2bf16 zmm31{k7}{z}, zmm0, zmm7
vcvtne2ps2bf16 zmm7, zmm17, [rax]
vcvtne2ps2bf16 zmm7, zmm17, [rbp]
vcvtne2ps2bf16 zmm7, zmm17, [rsp]
vcvtne2ps2bf16 zmm7, zmm17, [r12]
vcvtne2ps2bf16 zmm7, zmm17, [r13]
vcvtne2ps2bf16 zmm7, zmm17, [rsi+64]
vcvtne2ps2bf16 zmm7, zmm17, [rsi+4]
vcvtne2ps2bf16 zmm7, zmm17, [r9-128]
vcvtne2ps2bf16 zmm7, zmm17, [r9-132]
vcvtne2ps2bf16 zmm7, zmm17, [r10+127]
vcvtne2ps2bf16 zmm7, zmm17, [r10+8192]
vcvtne2ps2bf16 zmm7, zmm17, [r10+8128]
vcvtne2ps2bf16 zmm7, zmm17, [rax+rcx*4]
vcvtne2ps2bf16 zmm7, zmm17, [rbp+r9*8]
vcvtne2ps2bf16 zmm7, zmm17, [r13+r12*1-64]
vcvtne2ps2bf16 zmm7, zmm17, [rdx+r15*2+100000]
vcvtne2ps2bf16 zmm30{k3}, zmm2, [r8+128]
vcvtne2ps2bf16 zmm30, zmm2, [r8+12]{1to16}
vcvtne2ps2bf16 zmm3, zmm2, [rsp+512]{1to16}
vdpbf16ps xmm1, xmm6, xmm10
vdpbf16ps xmm6, xmm10, xmm15
vdpbf16ps xmm10, xmm15, xmm1
vdpbf16ps xmm15, xmm1, xmm6
vdpbf16ps xmm6, xmm15, [rax]
vdpbf16ps xmm6, xmm15, [rbp]
vdpbf16ps xmm6, xmm15, [rsp]
vdpbf16ps xmm6, xmm15, [r12]
vdpbf16ps xmm6, xmm15, [r13]
vdpbf16ps xmm6, xmm15, [rsi+64]
vdpbf16ps xmm6, xmm15, [rsi+4]
vdpbf16ps xmm6, xmm15, [r9-128]
vdpbf16ps xmm6, xmm15, [r9-132]
vdpbf16ps xmm6, xmm15, [r10+127]
vdpbf16ps xmm6, xmm15, [r10+8192]
vdpbf16ps xmm6, xmm15, [r10+8128]
vdpbf16ps xmm6, xmm15, [rax+rcx*4]
vdpbf16ps xmm6, xmm15, [rbp+r9*8]
vdpbf16ps xmm6, xmm15, [r13+r12*1-64]
vdpbf16ps xmm6, xmm15, [rdx+r15*2+100000]
vdpbf16ps ymm1, ymm6, ymm10
vdpbf16ps ymm6, ymm10, ymm15
vdpbf16ps ymm10, ymm15, ymm1
vdpbf16ps ymm15, ymm1, ymm6
vdpbf16ps ymm6, ymm15, [rax]
vdpbf16ps ymm6, ymm15, [rbp]
vdpbf16ps ymm6, ymm15, [rsp]
vdpbf16ps ymm6, ymm15, [r12]
vdpbf16ps ymm6, ymm15, [r13]
vdpbf16ps ymm6, ymm15, [rsi+64]
vdpbf16ps ymm6, ymm15, [rsi+4]
vdpbf16ps ymm6, ymm15, [r9-128]
vdpbf16ps ymm6, ymm15, [r9-132]
vdpbf16ps ymm6, ymm15, [r10+127]
vdpbf16ps ymm6, ymm15, [r10+8192]
vdpbf16ps ymm6, ymm15, [r10+8128]
vdpbf16ps ymm6, ymm15, [rax+rcx*4]
vdpbf16ps ymm6, ymm15, [rbp+r9*8]
vdpbf16ps ymm6, ymm15, [r13+r12*1-64]
vdpbf16ps ymm6, ymm15, [rdx+r15*2+100000]
vdpbf16ps zmm0, zmm7, zmm9
vdpbf16ps zmm0{k1}, zmm7, zmm9
vdpbf16ps zmm0{k7}{z}, zmm7, zmm9
vdpbf16ps zmm7, zmm9, zmm17
vdpbf16ps zmm7{k1}, zmm9, zmm17
vdpbf16ps zmm7{k7}{z}, zmm9, zmm17
vdpbf16ps zmm9, zmm17, zmm31
vdpbf16ps zmm9{k1}, zmm17, zmm31
vdpbf16ps zmm9{k7}{z}, zmm17, zmm31
vdpbf16ps zmm17, zmm31, zmm0
vdpbf16ps zmm17{k1}, zmm31, zmm0
vdpbf16ps zmm17{k7}{z}, zmm31, zmm0
vdpbf16ps zmm31, zmm0, zmm7
vdpbf16ps zmm31{k1}, zmm0, zmm7
vdpbf16ps zmm31{k7}{z}, zmm0, zmm7
vdpbf16ps zmm7, zmm17, [rax]
vdpbf16ps zmm7, zmm17, [rbp]
vdpbf16ps zmm7, zmm17, [rsp]
vdpbf16ps zmm7, zmm17, [r12]
vdpbf16ps zmm7, zmm17, [r13]
vdpbf16ps zmm7, zmm17, [rsi+64]
vdpbf16ps zmm7, zmm17, [rsi+4]
vdpbf16ps zmm7, zmm17, [r9-128]
vdpbf16ps zmm7, zmm17, [r9-132]
vdpbf16ps zmm7, zmm17, [r10+127]
vdpbf16ps zmm7, zmm17, [r10+8192]
vdpbf16ps zmm7, zmm17, [r10+8128]
vdpbf16ps zmm7, zmm17, [rax+rcx*4]
vdpbf16ps zmm7, zmm17, [rbp+r9*8]
vdpbf16ps zmm7, zmm17, [r13+r12*1-64]
vdpbf16ps zmm7, zmm17, [rdx+r15*2+100000]
vdpbf16ps zmm30{k3}, zmm2, [r8+128]
vdpbf16ps zmm30, zmm2, [r8+12]{1to16}
vdpbf16ps zmm3, zmm2, [rsp+512]{1to16}
vpdpbusd xmm1, xmm6, xmm10
vpdpbusd xmm6, xmm10, xmm15
vpdpbusd xmm10, xmm15, xmm1
vpdpbusd xmm15, xmm1, xmm6
vpdpbusd xmm6, xmm15, [rax]
vpdpbusd xmm6, xmm15, [rbp]
vpdpbusd xmm6, xmm15, [rsp]
vpdpbusd xmm6, xmm15, [r12]
vpdpbusd xmm6, xmm15, [r13]
vpdpbusd xmm6, xmm15, [rsi+64]
vpdpbusd xmm6, xmm15, [rsi+4]
vpdpbusd xmm6, xmm15, [r9-128]
vpdpbusd xmm6, xmm15, [r9-132]
vpdpbusd xmm6, xmm15, [r10+127]
vpdpbusd xmm6, xmm15, [r10+8192]
vpdpbusd xmm6, xmm15, [r10+8128]
vpdpbusd xmm6, xmm15, [rax+rcx*4]
vpdpbusd xmm6, xmm15, [rbp+r9*8]
vpdpbusd xmm6, xmm15, [r13+r12*1-64]
vpdpbusd xmm6, xmm15, [rdx+r15*2+100000]
vpdpbusd ymm1, ymm6, ymm10
vpdpbusd ymm6, ymm10, ymm15
vpdpbusd ymm10, ymm15, ymm1
vpdpbusd ymm15, ymm1, ymm6
vpdpbusd ymm6, ymm15, [rax]
vpdpbusd ymm6, ymm15, [rbp]
vpdpbusd ymm6, ymm15, [rsp]
vpdpbusd ymm6, ymm15, [r12]
vpdpbusd ymm6, ymm15, [r13]
vpdpbusd ymm6, ymm15, [rsi+64]
vpdpbusd ymm6, ymm15, [rsi+4]
vpdpbusd ymm6, ymm15, [r9-128]
vpdpbusd ymm6, ymm15, [r9-132]
vpdpbusd ymm6, ymm15, [r10+127]
vpdpbusd ymm6, ymm15, [r10+8192]
vpdpbusd ymm6, ymm15, [r10+8128]
vpdpbusd ymm6, ymm15, [rax+rcx*4]
vpdpbusd ymm6, ymm15, [rbp+r9*8]
vpdpbusd ymm6, ymm15, [r13+r12*1-64]
vpdpbusd ymm6, ymm15, [rdx+r15*2+100000]
vpdpbusd zmm0, zmm7, zmm9
vpdpbusd zmm0{k1}, zmm7, zmm9
vpdpbusd zmm0{k7}{z}, zmm7, zmm9
vpdpbusd zmm7, zmm9, zmm17
vpdpbusd zmm7{k1}, zmm9, zmm17
vpdpbusd zmm7{k7}{z}, zmm9, zmm17
vpdpbusd zmm9, zmm17, zmm31
vpdpbusd zmm9{k1}, zmm17, zmm31
vpdpbusd zmm9{k7}{z}, zmm17, zmm31
vpdpbusd zmm17, zmm31, zmm0
vpdpbusd zmm17{k1}, zmm31, zmm0
vpdpbusd zmm17{k7}{z}, zmm31, zmm0
vpdpbusd zmm31, zmm0, zmm7
vpdpbusd zmm31{k1}, zmm0, zmm7
vpdpbusd zmm31{k7}{z}, zmm0, zmm7
vpdpbusd zmm7, zmm17, [rax]
vpdpbusd zmm7, zmm17, [rbp]
vpdpbusd zmm7, zmm17, [rsp]
vpdpbusd zmm7, zmm17, [r12]
vpdpbusd zmm7, zmm17, [r13]
vpdpbusd zmm7, zmm17, [rsi+64]
vpdpbusd zmm7, zmm17, [rsi+4]
vpdpbusd zmm7, zmm17, [r9-128]
vpdpbusd zmm7, zmm17, [r9-132]
vpdpbusd zmm7, zmm17, [r10+127]
vpdpbusd zmm7, zmm17, [r10+8192]
vpdpbusd zmm7, zmm17, [r10+8128]
vpdpbusd zmm7, zmm17, [rax+rcx*4]
vpdpbusd zmm7, zmm17, [rbp+r9*8]
vpdpbusd zmm7, zmm17, [r13+r12*1-64]
vpdpbusd zmm7, zmm17, [rdx+r15*2+100000]
vpdpbusd zmm30{k3}, zmm2, [r8+128]
vpdpbusd zmm30, zmm2, [r8+12]{1to16}
vpdpbusd zmm3, zmm2, [rsp+512]{1to16}
vpdpwssd xmm1, xmm6, xmm10
vpdpwssd xmm6, xmm10, xmm15
vpdpwssd xmm10, xmm15, xmm1
vpdpwssd xmm15, xmm1, xmm6
vpdpwssd xmm6, xmm15, [rax]
vpdpwssd xmm6, xmm15, [rbp]
vpdpwssd xmm6, xmm15, [rsp]
vpdpwssd xmm6, xmm15, [r12]
vpdpwssd xmm6, xmm15, [r13]
vpdpwssd xmm6, xmm15, [rsi+64]
vpdpwssd xmm6, xmm15, [rsi+4]
vpdpwssd xmm6, xmm15, [r9-128]
vpdpwssd xmm6, xmm15, [r9-132]
vpdpwssd xmm6, xmm15, [r10+127]
vpdpwssd xmm6, xmm15, [r10+8192]
vpdpwssd xmm6, xmm15, [r10+8128]
vpdpwssd xmm6, xmm15, [rax+rcx*4]
vpdpwssd xmm6, xmm15, [rbp+r9*8]
vpdpwssd xmm6, xmm15, [r13+r12*1-64]
vpdpwssd xmm6, xmm15, [rdx+r15*2+100000]
vpdpwssd ymm1, ymm6, ymm10
vpdpwssd ymm6, ymm10, ymm15
vpdpwssd ymm10, ymm15, ymm1
vpdpwssd ymm15, ymm1, ymm6
vpdpwssd ymm6, ymm15, [rax]
vpdpwssd ymm6, ymm15, [rbp]
vpdpwssd ymm6, ymm15, [rsp]
vpdpwssd ymm6, ymm15, [r12]
vpdpwssd ymm6, ymm15, [r13]
vpdpwssd ymm6, ymm15, [rsi+64]
vpdpwssd ymm6, ymm15, [rsi+4]
vpdpwssd ymm6, ymm15, [r9-128]
vpdpwssd ymm6, ymm15, [r9-132]
vpdpwssd ymm6, ymm15, [r10+127]
vpdpwssd ymm6, ymm15, [r10+8192]
vpdpwssd ymm6, ymm15, [r10+8128]
vpdpwssd ymm6, ymm15, [rax+rcx*4]
vpdpwssd ymm6, ymm15, [rbp+r9*8]
vpdpwssd ymm6, ymm15, [r13+r12*1-64]
vpdpwssd ymm6, ymm15, [rdx+r15*2+100000]
vpdpwssd zmm0, zmm7, zmm9
vpdpwssd zmm0{k1}, zmm7, zmm9
vpdpwssd zmm0{k7}{z}, zmm7, zmm9
vpdpwssd zmm7, zmm9, zmm17
vpdpwssd zmm7{k1}, zmm9, zmm17
vpdpwssd zmm7{k7}{z}, zmm9, zmm17
vpdpwssd zmm9, zmm17, zmm31
vpdpwssd zmm9{k1}, zmm17, zmm31
vpdpwssd zmm9{k7}{z}, zmm17, zmm31
vpdpwssd zmm17, zmm31, zmm0
vpdpwssd zmm17{k1}, zmm31, zmm0
vpdpwssd zmm17{k7}{z}, zmm31, zmm0
vpdpwssd zmm31, zmm0, zmm7
vpdpwssd zmm31{k1}, zmm0, zmm7
vpdpwssd zmm31{k7}{z}, zmm0, zmm7
vpdpwssd zmm7, zmm17, [rax]
vpdpwssd zmm7, zmm17, [rbp]
vpdpwssd zmm7, zmm17, [rsp]
vpdpwssd zmm7, zmm17, [r12]
vpdpwssd zmm7, zmm17, [r13]
vpdpwssd zmm7, zmm17, [rsi+64]
vpdpwssd zmm7, zmm17, [rsi+4]
vpdpwssd zmm7, zmm17, [r9-128]
vpdpwssd zmm7, zmm17, [r9-132]
vpdpwssd zmm7, zmm17, [r10+127]
vpdpwssd zmm7, zmm17, [r10+8192]
vpdpwssd zmm7, zmm17, [r10+8128]
vpdpwssd zmm7, zmm17, [rax+rcx*4]
vpdpwssd zmm7, zmm17, [rbp+r9*8]
vpdpwssd zmm7, zmm17, [r13+r12*1-64]
vpdpwssd zmm7, zmm17, [rdx+r15*2+100000]
vpdpwssd zmm30{k3}, zmm2, [r8+128]
vpdpwssd zmm30, zmm2, [r8+12]{1to16}
vpdpwssd zmm3, zmm2, [rsp+512]{1to16}
{vex} vpdpbusd xmm1, xmm6, xmm10
{vex} vpdpbusd xmm6, xmm10, xmm15
{vex} vpdpbusd xmm10, xmm15, xmm1
{vex} vpdpbusd xmm15, xmm1, xmm6
{vex} vpdpbusd xmm6, xmm15, [rax]
{vex} vpdpbusd xmm6, xmm15, [rbp]
{vex} vpdpbusd xmm6, xmm15, [rsp]
{vex} vpdpbusd xmm6, xmm15, [r12]
{vex} vpdpbusd xmm6, xmm15, [r13]
{vex} vpdpbusd xmm6, xmm15, [rsi+64]
{vex} vpdpbusd xmm6, xmm15, [rsi+4]
{vex} vpdpbusd xmm6, xmm15, [r9-128]
{vex} vpdpbusd xmm6, xmm15, [r9-132]
{vex} vpdpbusd xmm6, xmm15, [r10+127]
{vex} vpdpbusd xmm6, xmm15, [r10+8192]
{vex} vpdpbusd xmm6, xmm15, [r10+8128]
{vex} vpdpbusd xmm6, xmm15, [rax+rcx*4]
{vex} vpdpbusd xmm6, xmm15, [rbp+r9*8]
{vex} vpdpbusd xmm6, xmm15, [r13+r12*1-64]
{vex} vpdpbusd xmm6, xmm15, [rdx+r15*2+100000]
{vex} vpdpbusd ymm1, ymm6, ymm10
{vex} vpdpbusd ymm6, ymm10, ymm15
{vex} vpdpbusd ymm10, ymm15, ymm1
{vex} vpdpbusd ymm15, ymm1, ymm6
{vex} vpdpbusd ymm6, ymm15, [rax]
{vex} vpdpbusd ymm6, ymm15, [rbp]
{vex} vpdpbusd ymm6, ymm15, [rsp]
{vex} vpdpbusd ymm6, ymm15, [r12]
{vex} vpdpbusd ymm6, ymm15, [r13]
{vex} vpdpbusd ymm6, ymm15, [rsi+64]
{vex} vpdpbusd ymm6, ymm15, [rsi+4]
{vex} vpdpbusd ymm6, ymm15, [r9-128]
{vex} vpdpbusd ymm6, ymm15, [r9-132]
{vex} vpdpbusd ymm6, ymm15, [r10+127]
{vex} vpdpbusd ymm6, ymm15, [r10+8192]
{vex} vpdpbusd ymm6, ymm15, [r10+8128]
{vex} vpdpbusd ymm6, ymm15, [rax+rcx*4]
{vex} vpdpbusd ymm6, ymm15, [rbp+r9*8]
{vex} vpdpbusd ymm6, ymm15, [r13+r12*1-64]
{vex} vpdpbusd ymm6, ymm15, [rdx+r15*2+100000]
{vex} vpdpwssd xmm1, xmm6, xmm10
{vex} vpdpwssd xmm6, xmm10, xmm15
{vex} vpdpwssd xmm10, xmm15, xmm1
{vex} vpdpwssd xmm15, xmm1, xmm6
{vex} vpdpwssd xmm6, xmm15, [rax]
{vex} vpdpwssd xmm6, xmm15, [rbp]
{vex} vpdpwssd xmm6, xmm15, [rsp]
{vex} vpdpwssd xmm6, xmm15, [r12]
{vex} vpdpwssd xmm6, xmm15, [r13]
{vex} vpdpwssd xmm6, xmm15, [rsi+64]
{vex} vpdpwssd xmm6, xmm15, [rsi+4]
{vex} vpdpwssd xmm6, xmm15, [r9-128]
{vex} vpdpwssd xmm6, xmm15, [r9-132]
{vex} vpdpwssd xmm6, xmm15, [r10+127]
{vex} vpdpwssd xmm6, xmm15, [r10+8192]
{vex} vpdpwssd xmm6, xmm15, [r10+8128]
{vex} vpdpwssd xmm6, xmm15, [rax+rcx*4]
{vex} vpdpwssd xmm6, xmm15, [rbp+r9*8]
{vex} vpdpwssd xmm6, xmm15, [r13+r12*1-64]
{vex} vpdpwssd xmm6, xmm15, [rdx+r15*2+100000]
{vex} vpdpwssd ymm1, ymm6, ymm10
{vex} vpdpwssd ymm6, ymm10, ymm15
{vex} vpdpwssd ymm10, ymm15, ymm1
{vex} vpdpwssd ymm15, ymm1, ymm6
{vex} vpdpwssd ymm6, ymm15, [rax]
{vex} vpdpwssd ymm6, ymm15, [rbp]
{vex} vpdpwssd ymm6, ymm15, [rsp]
{vex} vpdpwssd ymm6, ymm15, [r12]
{vex} vpdpwssd ymm6, ymm15, [r13]
{vex} vpdpwssd ymm6, ymm15, [rsi+64]
{vex} vpdpwssd ymm6, ymm15, [rsi+4]
{vex} vpdpwssd ymm6, ymm15, [r9-128]
{vex} vpdpwssd ymm6, ymm15, [r9-132]
{vex} vpdpwssd ymm6, ymm15, [r10+127]
{vex} vpdpwssd ymm6, ymm15, [r10+8192]
{vex} vpdpwssd ymm6, ymm15, [r10+8128]
{vex} vpdpwssd ymm6, ymm15, [rax+rcx*4]
{vex} vpdpwssd ymm6, ymm15, [rbp+r9*8]
{vex} vpdpwssd ymm6, ymm15, [r13+r12*1-64]
{vex} vpdpwssd ymm6, ymm15, [rdx+r15*2+100000]
vpmaddubsw xmm1, xmm6, xmm10
vpmaddubsw xmm6, xmm10, xmm15
vpmaddubsw xmm10, xmm15, xmm1
vpmaddubsw xmm15, xmm1, xmm6
vpmaddubsw xmm6, xmm15, [rax]
vpmaddubsw xmm6, xmm15, [rbp]
vpmaddubsw xmm6, xmm15, [rsp]
vpmaddubsw xmm6, xmm15, [r12]
vpmaddubsw xmm6, xmm15, [r13]
vpmaddubsw xmm6, xmm15, [rsi+64]
vpmaddubsw xmm6, xmm15, [rsi+4]
vpmaddubsw xmm6, xmm15, [r9-128]
vpmaddubsw xmm6, xmm15, [r9-132]
vpmaddubsw xmm6, xmm15, [r10+127]
vpmaddubsw xmm6, xmm15, [r10+8192]
vpmaddubsw xmm6, xmm15, [r10+8128]
vpmaddubsw xmm6, xmm15, [rax+rcx*4]
vpmaddubsw xmm6, xmm15, [rbp+r9*8]
vpmaddubsw xmm6, xmm15, [r13+r12*1-64]
vpmaddubsw xmm6, xmm15, [rdx+r15*2+100000]
vpmaddubsw ymm1, ymm6, ymm10
vpmaddubsw ymm6, ymm10, ymm15
vpmaddubsw ymm10, ymm15, ymm1
vpmaddubsw ymm15, ymm1, ymm6
vpmaddubsw ymm6, ymm15, [rax]
vpmaddubsw ymm6, ymm15, [rbp]
vpmaddubsw ymm6, ymm15, [rsp]
vpmaddubsw ymm6, ymm15, [r12]
vpmaddubsw ymm6, ymm15, [r13]
vpmaddubsw ymm6, ymm15, [rsi+64]
vpmaddubsw ymm6, ymm15, [rsi+4]
vpmaddubsw ymm6, ymm15, [r9-128]
vpmaddubsw ymm6, ymm15, [r9-132]
vpmaddubsw ymm6, ymm15, [r10+127]
vpmaddubsw ymm6, ymm15, [r10+8192]
vpmaddubsw ymm6, ymm15, [r10+8128]
vpmaddubsw ymm6, ymm15, [rax+rcx*4]
vpmaddubsw ymm6, ymm15, [rbp+r9*8]
vpmaddubsw ymm6, ymm15, [r13+r12*1-64]
vpmaddubsw ymm6, ymm15, [rdx+r15*2+100000]
vpmaddubsw zmm0, zmm7, zmm9
vpmaddubsw zmm0{k1}, zmm7, zmm9
vpmaddubsw zmm0{k7}{z}, zmm7, zmm9
vpmaddubsw zmm7, zmm9, zmm17
vpmaddubsw zmm7{k1}, zmm9, zmm17
vpmaddubsw zmm7{k7}{z}, zmm9, zmm17
vpmaddubsw zmm9, zmm17, zmm31
vpmaddubsw zmm9{k1}, zmm17, zmm31
vpmaddubsw zmm9{k7}{z}, zmm17, zmm31
vpmaddubsw zmm17, zmm31, zmm0
vpmaddubsw zmm17{k1}, zmm31, zmm0
vpmaddubsw zmm17{k7}{z}, zmm31, zmm0
vpmaddubsw zmm31, zmm0, zmm7
vpmaddubsw zmm31{k1}, zmm0, zmm7
vpmaddubsw zmm31{k7}{z}, zmm0, zmm7
vpmaddubsw zmm7, zmm17, [rax]
vpmaddubsw zmm7, zmm17, [rbp]
vpmaddubsw zmm7, zmm17, [rsp]
vpmaddubsw zmm7, zmm17, [r12]
vpmaddubsw zmm7, zmm17, [r13]
vpmaddubsw zmm7, zmm17, [rsi+64]
vpmaddubsw zmm7, zmm17, [rsi+4]
vpmaddubsw zmm7, zmm17, [r9-128]
vpmaddubsw zmm7, zmm17, [r9-132]
vpmaddubsw zmm7, zmm17, [r10+127]
vpmaddubsw zmm7, zmm17, [r10+8192]
vpmaddubsw zmm7, zmm17, [r10+8128]
vpmaddubsw zmm7, zmm17, [rax+rcx*4]
vpmaddubsw zmm7, zmm17, [rbp+r9*8]
vpmaddubsw zmm7, zmm17, [r13+r12*1-64]
vpmaddubsw zmm7, zmm17, [rdx+r15*2+100000]
vpmaddubsw zmm30{k3}, zmm2, [r8+128]
vpmaddwd xmm1, xmm6, xmm10
vpmaddwd xmm6, xmm10, xmm15
vpmaddwd xmm10, xmm15, xmm1
vpmaddwd xmm15, xmm1, xmm6
vpmaddwd xmm6, xmm15, [rax]
vpmaddwd xmm6, xmm15, [rbp]
vpmaddwd xmm6, xmm15, [rsp]
vpmaddwd xmm6, xmm15, [r12]
vpmaddwd xmm6, xmm15, [r13]
vpmaddwd xmm6, xmm15, [rsi+64]
vpmaddwd xmm6, xmm15, [rsi+4]
vpmaddwd xmm6, xmm15, [r9-128]
vpmaddwd xmm6, xmm15, [r9-132]
vpmaddwd xmm6, xmm15, [r10+127]
vpmaddwd xmm6, xmm15, [r10+8192]
vpmaddwd xmm6, xmm15, [r10+8128]
vpmaddwd xmm6, xmm15, [rax+rcx*4]
vpmaddwd xmm6, xmm15, [rbp+r9*8]
vpmaddwd xmm6, xmm15, [r13+r12*1-64]
vpmaddwd xmm6, xmm15, [rdx+r15*2+100000]
vpmaddwd ymm1, ymm6, ymm10
vpmaddwd ymm6, ymm10, ymm15
vpmaddwd ymm10, ymm15, ymm1
vpmaddwd ymm15, ymm1, ymm6
vpmaddwd ymm6, ymm15, [rax]
vpmaddwd ymm6, ymm15, [rbp]
vpmaddwd ymm6, ymm15, [rsp]
vpmaddwd ymm6, ymm15, [r12]
vpmaddwd ymm6, ymm15, [r13]
vpmaddwd ymm6, ymm15, [rsi+64]
vpmaddwd ymm6, ymm15, [rsi+4]
vpmaddwd ymm6, ymm15, [r9-128]
vpmaddwd ymm6, ymm15, [r9-132]
vpmaddwd ymm6, ymm15, [r10+127]
vpmaddwd ymm6, ymm15, [r10+8192]
vpmaddwd ymm6, ymm15, [r10+8128]
vpmaddwd ymm6, ymm15, [rax+rcx*4]
vpmaddwd ymm6, ymm15, [rbp+r9*8]
vpmaddwd ymm6, ymm15, [r13+r12*1-64]
vpmaddwd ymm6, ymm15, [rdx+r15*2+100000]
vpmaddwd zmm0, zmm7, zmm9
vpmaddwd zmm0{k1}, zmm7, zmm9
vpmaddwd zmm0{k7}{z}, zmm7, zmm9
vpmaddwd zmm7, zmm9, zmm17
vpmaddwd zmm7{k1}, zmm9, zmm17
vpmaddwd zmm7{k7}{z}, zmm9, zmm17
vpmaddwd zmm9, zmm17, zmm31
vpmaddwd zmm9{k1}, zmm17, zmm31
vpmaddwd zmm9{k7}{z}, zmm17, zmm31
vpmaddwd zmm17, zmm31, zmm0
vpmaddwd zmm17{k1}, zmm31, zmm0
vpmaddwd zmm17{k7}{z}, zmm31, zmm0
vpmaddwd zmm31, zmm0, zmm7
vpmaddwd zmm31{k1}, zmm0, zmm7
vpmaddwd zmm31{k7}{z}, zmm0, zmm7
vpmaddwd zmm7, zmm17, [rax]
vpmaddwd zmm7, zmm17, [rbp]
vpmaddwd zmm7, zmm17, [rsp]
vpmaddwd zmm7, zmm17, [r12]
vpmaddwd zmm7, zmm17, [r13]
vpmaddwd zmm7, zmm17, [rsi+64]
vpmaddwd zmm7, zmm17, [rsi+4]
vpmaddwd zmm7, zmm17, [r9-128]
vpmaddwd zmm7, zmm17, [r9-132]
vpmaddwd zmm7, zmm17, [r10+127]
vpmaddwd zmm7, zmm17, [r10+8192]
vpmaddwd zmm7, zmm17, [r10+8128]
vpmaddwd zmm7, zmm17, [rax+rcx*4]
vpmaddwd zmm7, zmm17, [rbp+r9*8]
vpmaddwd zmm7, zmm17, [r13+r12*1-64]
vpmaddwd zmm7, zmm17, [rdx+r15*2+100000]
vpmaddwd zmm30{k3}, zmm2, [r8+128]
vpinsrw xmm6, xmm15, [rax], 1
vpinsrw xmm6, xmm15, [rbp], 1
vpinsrw xmm6, xmm15, [rsp], 1
vpinsrw xmm6, xmm15, [r12], 1
vpinsrw xmm6, xmm15, [r13], 1
vpinsrw xmm6, xmm15, [rsi+64], 1
vpinsrw xmm6, xmm15, [rsi+4], 1
vpinsrw xmm6, xmm15, [r9-128], 1
vpinsrw xmm6, xmm15, [r9-132], 1
vpinsrw xmm6, xmm15, [r10+127], 1
vpinsrw xmm6, xmm15, [r10+8192], 1
vpinsrw xmm6, xmm15, [r10+8128], 1
vpinsrw xmm6, xmm15, [rax+rcx*4], 1
vpinsrw xmm6, xmm15, [rbp+r9*8], 1
vpinsrw xmm6, xmm15, [r13+r12*1-64], 1
vpinsrw xmm6, xmm15, [rdx+r15*2+100000], 1
vpaddb xmm1, xmm6, xmm10
vpaddb xmm6, xmm10, xmm15
vpaddb xmm10, xmm15, xmm1
vpaddb xmm15, xmm1, xmm6
vpaddb xmm6, xmm15, [rax]
vpaddb xmm6, xmm15, [rbp]
vpaddb xmm6, xmm15, [rsp]
vpaddb xmm6, xmm15, [r12]
vpaddb xmm6, xmm15, [r13]
vpaddb xmm6, xmm15, [rsi+64]
vpaddb xmm6, xmm15, [rsi+4]
vpaddb xmm6, xmm15, [r9-128]
vpaddb xmm6, xmm15, [r9-132]
vpaddb xmm6, xmm15, [r10+127]
vpaddb xmm6, xmm15, [r10+8192]
vpaddb xmm6, xmm15, [r10+8128]
vpaddb xmm6, xmm15, [rax+rcx*4]
vpaddb xmm6, xmm15, [rbp+r9*8]
vpaddb xmm6, xmm15, [r13+r12*1-64]
vpaddb xmm6, xmm15, [rdx+r15*2+100000]
vpaddb ymm1, ymm6, ymm10
vpaddb ymm6, ymm10, ymm15
vpaddb ymm10, ymm15, ymm1
vpaddb ymm15, ymm1, ymm6
vpaddb ymm6, ymm15, [rax]
vpaddb ymm6, ymm15, [rbp]
vpaddb ymm6, ymm15, [rsp]
vpaddb ymm6, ymm15, [r12]
vpaddb ymm6, ymm15, [r13]
vpaddb ymm6, ymm15, [rsi+64]
vpaddb ymm6, ymm15, [rsi+4]
vpaddb ymm6, ymm15, [r9-128]
vpaddb ymm6, ymm15, [r9-132]
vpaddb ymm6, ymm15, [r10+127]
vpaddb ymm6, ymm15, [r10+8192]
vpaddb ymm6, ymm15, [r10+8128]
vpaddb ymm6, ymm15, [rax+rcx*4]
vpaddb ymm6, ymm15, [rbp+r9*8]
vpaddb ymm6, ymm15, [r13+r12*1-64]
vpaddb ymm6, ymm15, [rdx+r15*2+100000]
vpaddb zmm0, zmm7, zmm9
vpaddb zmm0{k1}, zmm7, zmm9
vpaddb zmm0{k7}{z}, zmm7, zmm9
vpaddb zmm7, zmm9, zmm17
vpaddb zmm7{k1}, zmm9, zmm17
vpaddb zmm7{k7}{z}, zmm9, zmm17
vpaddb zmm9, zmm17, zmm31
vpaddb zmm9{k1}, zmm17, zmm31
vpaddb zmm9{k7}{z}, zmm17, zmm31
vpaddb zmm17, zmm31, zmm0
vpaddb zmm17{k1}, zmm31, zmm0
vpaddb zmm17{k7}{z}, zmm31, zmm0
vpaddb zmm31, zmm0, zmm7
vpaddb zmm31{k1}, zmm0, zmm7
vpaddb zmm31{k7}{z}, zmm0, zmm7
vpaddb zmm7, zmm17, [rax]
vpaddb zmm7, zmm17, [rbp]
vpaddb zmm7, zmm17, [rsp]
vpaddb zmm7, zmm17, [r12]
vpaddb zmm7, zmm17, [r13]
vpaddb zmm7, zmm17, [rsi+64]
vpaddb zmm7, zmm17, [rsi+4]
vpaddb zmm7, zmm17, [r9-128]
vpaddb zmm7, zmm17, [r9-132]
vpaddb zmm7, zmm17, [r10+127]
vpaddb zmm7, zmm17, [r10+8192]
vpaddb zmm7, zmm17, [r10+8128]
vpaddb zmm7, zmm17, [rax+rcx*4]
vpaddb zmm7, zmm17, [rbp+r9*8]
vpaddb zmm7, zmm17, [r13+r12*1-64]
vpaddb zmm7, zmm17, [rdx+r15*2+100000]
vpaddb zmm30{k3}, zmm2, [r8+128]
vpsubb xmm1, xmm6, xmm10
vpsubb xmm6, xmm10, xmm15
vpsubb xmm10, xmm15, xmm1
vpsubb xmm15, xmm1, xmm6
vpsubb xmm6, xmm15, [rax]
vpsubb xmm6, xmm15, [rbp]
vpsubb xmm6, xmm15, [rsp]
vpsubb xmm6, xmm15, [r12]
vpsubb xmm6, xmm15, [r13]
vpsubb xmm6, xmm15, [rsi+64]
vpsubb xmm6, xmm15, [rsi+4]
vpsubb xmm6, xmm15, [r9-128]
vpsubb xmm6, xmm15, [r9-132]
vpsubb xmm6, xmm15, [r10+127]
vpsubb xmm6, xmm15, [r10+8192]
vpsubb xmm6, xmm15, [r10+8128]
vpsubb xmm6, xmm15, [rax+rcx*4]
vpsubb xmm6, xmm15, [rbp+r9*8]
vpsubb xmm6, xmm15, [r13+r12*1-64]
vpsubb xmm6, xmm15, [rdx+r15*2+100000]
vpsubb ymm1, ymm6, ymm10
vpsubb ymm6, ymm10, ymm15
vpsubb ymm10, ymm15, ymm1
vpsubb ymm15, ymm1, ymm6
vpsubb ymm6, ymm15, [rax]
vpsubb ymm6, ymm15, [rbp]
vpsubb ymm6, ymm15, [rsp]
vpsubb ymm6, ymm15, [r12]
vpsubb ymm6, ymm15, [r13]
vpsubb ymm6, ymm15, [rsi+64]
vpsubb ymm6, ymm15, [rsi+4]
vpsubb ymm6, ymm15, [r9-128]
vpsubb ymm6, ymm15, [r9-132]
vpsubb ymm6, ymm15, [r10+127]
vpsubb ymm6, ymm15, [r10+8192]
vpsubb ymm6, ymm15, [r10+8128]
vpsubb ymm6, ymm15, [rax+rcx*4]
vpsubb ymm6, ymm15, [rbp+r9*8]
vpsubb ymm6, ymm15, [r13+r12*1-64]
vpsubb ymm6, ymm15, [rdx+r15*2+100000]
vpsubb zmm0, zmm7, zmm9
vpsubb zmm0{k1}, zmm7, zmm9
vpsubb zmm0{k7}{z}, zmm7, zmm9
vpsubb zmm7, zmm9, zmm17
vpsubb zmm7{k1}, zmm9, zmm17
vpsubb zmm7{k7}{z}, zmm9, zmm17
vpsubb zmm9, zmm17, zmm31
vpsubb zmm9{k1}, zmm17, zmm31
vpsubb zmm9{k7}{z}, zmm17, zmm31
vpsubb zmm17, zmm31, zmm0
vpsubb zmm17{k1}, zmm31, zmm0
vpsubb zmm17{k7}{z}, zmm31, zmm0
vpsubb zmm31, zmm0, zmm7
vpsubb zmm31{k1}, zmm0, zmm7
vpsubb zmm31{k7}{z}, zmm0, zmm7
vpsubb zmm7, zmm17, [rax]
vpsubb zmm7, zmm17, [rbp]
vpsubb zmm7, zmm17, [rsp]
vpsubb zmm7, zmm17, [r12]
vpsubb zmm7, zmm17, [r13]
vpsubb zmm7, zmm17, [rsi+64]
vpsubb zmm7, zmm17, [rsi+4]
vpsubb zmm7, zmm17, [r9-128]
vpsubb zmm7, zmm17, [r9-132]
vpsubb zmm7, zmm17, [r10+127]
vpsubb zmm7, zmm17, [r10+8192]
vpsubb zmm7, zmm17, [r10+8128]
vpsubb zmm7, zmm17, [rax+rcx*4]
vpsubb zmm7, zmm17, [rbp+r9*8]
vpsubb zmm7, zmm17, [r13+r12*1-64]
vpsubb zmm7, zmm17, [rdx+r15*2+100000]
vpsubb zmm30{k3}, zmm2, [r8+128]
vpaddw xmm1, xmm6, xmm10
vpaddw xmm6, xmm10, xmm15
vpaddw xmm10, xmm15, xmm1
vpaddw xmm15, xmm1, xmm6
vpaddw xmm6, xmm15, [rax]
vpaddw xmm6, xmm15, [rbp]
vpaddw xmm6, xmm15, [rsp]
vpaddw xmm6, xmm15, [r12]
vpaddw xmm6, xmm15, [r13]
vpaddw xmm6, xmm15, [rsi+64]
vpaddw xmm6, xmm15, [rsi+4]
vpaddw xmm6, xmm15, [r9-128]
vpaddw xmm6, xmm15, [r9-132]
vpaddw xmm6, xmm15, [r10+127]
vpaddw xmm6, xmm15, [r10+8192]
vpaddw xmm6, xmm15, [r10+8128]
vpaddw xmm6, xmm15, [rax+rcx*4]
vpaddw xmm6, xmm15, [rbp+r9*8]
vpaddw xmm6, xmm15, [r13+r12*1-64]
vpaddw xmm6, xmm15, [rdx+r15*2+100000]
vpaddw ymm1, ymm6, ymm10
vpaddw ymm6, ymm10, ymm15
vpaddw ymm10, ymm15, ymm1
vpaddw ymm15, ymm1, ymm6
vpaddw ymm6, ymm15, [rax]
vpaddw ymm6, ymm15, [rbp]
vpaddw ymm6, ymm15, [rsp]
vpaddw ymm6, ymm15, [r12]
vpaddw ymm6, ymm15, [r13]
vpaddw ymm6, ymm15, [rsi+64]
vpaddw ymm6, ymm15, [rsi+4]
vpaddw ymm6, ymm15, [r9-128]
vpaddw ymm6, ymm15, [r9-132]
vpaddw ymm6, ymm15, [r10+127]
vpaddw ymm6, ymm15, [r10+8192]
vpaddw ymm6, ymm15, [r10+8128]
vpaddw ymm6, ymm15, [rax+rcx*4]
vpaddw ymm6, ymm15, [rbp+r9*8]
vpaddw ymm6, ymm15, [r13+r12*1-64]
vpaddw ymm6, ymm15, [rdx+r15*2+100000]
vpaddw zmm0, zmm7, zmm9
vpaddw zmm0{k1}, zmm7, zmm9
vpaddw zmm0{k7}{z}, zmm7, zmm9
vpaddw zmm7, zmm9, zmm17
vpaddw zmm7{k1}, zmm9, zmm17
vpaddw zmm7{k7}{z}, zmm9, zmm17
vpaddw zmm9, zmm17, zmm31
vpaddw zmm9{k1}, zmm17, zmm31
vpaddw zmm9{k7}{z}, zmm17, zmm31
vpaddw zmm17, zmm31, zmm0
vpaddw zmm17{k1}, zmm31, zmm0
vpaddw zmm17{k7}{z}, zmm31, zmm0
vpaddw zmm31, zmm0, zmm7
vpaddw zmm31{k1}, zmm0, zmm7
vpaddw zmm31{k7}{z}, zmm0, zmm7
vpaddw zmm7, zmm17, [rax]
vpaddw zmm7, zmm17, [rbp]
vpaddw zmm7, zmm17, [rsp]
vpaddw zmm7, zmm17, [r12]
vpaddw zmm7, zmm17, [r13]
vpaddw zmm7, zmm17, [rsi+64]
vpaddw zmm7, zmm17, [rsi+4]
vpaddw zmm7, zmm17, [r9-128]
vpaddw zmm7, zmm17, [r9-132]
vpaddw zmm7, zmm17, [r10+127]
vpaddw zmm7, zmm17, [r10+8192]
vpaddw zmm7, zmm17, [r10+8128]
vpaddw zmm7, zmm17, [rax+rcx*4]
vpaddw zmm7, zmm17, [rbp+r9*8]
vpaddw zmm7, zmm17, [r13+r12*1-64]
vpaddw zmm7, zmm17, [rdx+r15*2+100000]
vpaddw zmm30{k3}, zmm2, [r8+128]
vpsubw xmm1, xmm6, xmm10
vpsubw xmm6, xmm10, xmm15
vpsubw xmm10, xmm15, xmm1
vpsubw xmm15, xmm1, xmm6
vpsubw xmm6, xmm15, [rax]
vpsubw xmm6, xmm15, [rbp]
vpsubw xmm6, xmm15, [rsp]
vpsubw xmm6, xmm15, [r12]
vpsubw xmm6, xmm15, [r13]
vpsubw xmm6, xmm15, [rsi+64]
vpsubw xmm6, xmm15, [rsi+4]
vpsubw xmm6, xmm15, [r9-128]
vpsubw xmm6, xmm15, [r9-132]
vpsubw xmm6, xmm15, [r10+127]
vpsubw xmm6, xmm15, [r10+8192]
vpsubw xmm6, xmm15, [r10+8128]
vpsubw xmm6, xmm15, [rax+rcx*4]
vpsubw xmm6, xmm15, [rbp+r9*8]
vpsubw xmm6, xmm15, [r13+r12*1-64]
vpsubw xmm6, xmm15, [rdx+r15*2+100000]
vpsubw ymm1, ymm6, ymm10
vpsubw ymm6, ymm10, ymm15
vpsubw ymm10, ymm15, ymm1
vpsubw ymm15, ymm1, ymm6
vpsubw ymm6, ymm15, [rax]
vpsubw ymm6, ymm15, [rbp]
vpsubw ymm6, ymm15, [rsp]
vpsubw ymm6, ymm15, [r12]
vpsubw ymm6, ymm15, [r13]
vpsubw ymm6, ymm15, [rsi+64]
vpsubw ymm6, ymm15, [rsi+4]
vpsubw ymm6, ymm15, [r9-128]
vpsubw ymm6, ymm15, [r9-132]
vpsubw ymm6, ymm15, [r10+127]
vpsubw ymm6, ymm15, [r10+8192]
vpsubw ymm6, ymm15, [r10+8128]
vpsubw ymm6, ymm15, [rax+rcx*4]
vpsubw ymm6, ymm15, [rbp+r9*8]
vpsubw ymm6, ymm15, [r13+r12*1-64]
vpsubw ymm6, ymm15, [rdx+r15*2+100000]
vpsubw zmm0, zmm7, zmm9
vpsubw zmm0{k1}, zmm7, zmm9
vpsubw zmm0{k7}{z}, zmm7, zmm9
vpsubw zmm7, zmm9, zmm17
vpsubw zmm7{k1}, zmm9, zmm17
vpsubw zmm7{k7}{z}, zmm9, zmm17
vpsubw zmm9, zmm17, zmm31
vpsubw zmm9{k1}, zmm17, zmm31
vpsubw zmm9{k7}{z}, zmm17, zmm31
vpsubw zmm17, zmm31, zmm0
vpsubw zmm17{k1}, zmm31, zmm0
vpsubw zmm17{k7}{z}, zmm31, zmm0
vpsubw zmm31, zmm0, zmm7
vpsubw zmm31{k1}, zmm0, zmm7
vpsubw zmm31{k7}{z}, zmm0, zmm7
vpsubw zmm7, zmm17, [rax]
vpsubw zmm7, zmm17, [rbp]
vpsubw zmm7, zmm17, [rsp]
vpsubw zmm7, zmm17, [r12]
vpsubw zmm7, zmm17, [r13]
vpsubw zmm7, zmm17, [rsi+64]
vpsubw zmm7, zmm17, [rsi+4]
vpsubw zmm7, zmm17, [r9-128]
vpsubw zmm7, zmm17, [r9-132]
vpsubw zmm7, zmm17, [r10+127]
vpsubw zmm7, zmm17, [r10+8192]
vpsubw zmm7, zmm17, [r10+8128]
vpsubw zmm7, zmm17, [rax+rcx*4]
vpsubw zmm7, zmm17, [rbp+r9*8]
vpsubw zmm7, zmm17, [r13+r12*1-64]
vpsubw zmm7, zmm17, [rdx+r15*2+100000]
vpsubw zmm30{k3}, zmm2, [r8+128]
vpaddd xmm1, xmm6, xmm10
vpaddd xmm6, xmm10, xmm15
vpaddd xmm10, xmm15, xmm1
vpaddd xmm15, xmm1, xmm6
vpaddd xmm6, xmm15, [rax]
vpaddd xmm6, xmm15, [rbp]
vpaddd xmm6, xmm15, [rsp]
vpaddd xmm6, xmm15, [r12]
vpaddd xmm6, xmm15, [r13]
vpaddd xmm6, xmm15, [rsi+64]
vpaddd xmm6, xmm15, [rsi+4]
vpaddd xmm6, xmm15, [r9-128]
vpaddd xmm6, xmm15, [r9-132]
vpaddd xmm6, xmm15, [r10+127]
vpaddd xmm6, xmm15, [r10+8192]
vpaddd xmm6, xmm15, [r10+8128]
vpaddd xmm6, xmm15, [rax+rcx*4]
vpaddd xmm6, xmm15, [rbp+r9*8]
vpaddd xmm6, xmm15, [r13+r12*1-64]
vpaddd xmm6, xmm15, [rdx+r15*2+100000]
vpaddd ymm1, ymm6, ymm10
vpaddd ymm6, ymm10, ymm15
vpaddd ymm10, ymm15, ymm1
vpaddd ymm15, ymm1, ymm6
vpaddd ymm6, ymm15, [rax]
vpaddd ymm6, ymm15, [rbp]
vpaddd ymm6, ymm15, [rsp]
vpaddd ymm6, ymm15, [r12]
vpaddd ymm6, ymm15, [r13]
vpaddd ymm6, ymm15, [rsi+64]
vpaddd ymm6, ymm15, [rsi+4]
vpaddd ymm6, ymm15, [r9-128]
vpaddd ymm6, ymm15, [r9-132]
vpaddd ymm6, ymm15, [r10+127]
vpaddd ymm6, ymm15, [r10+8192]
vpaddd ymm6, ymm15, [r10+8128]
vpaddd ymm6, ymm15, [rax+rcx*4]
vpaddd ymm6, ymm15, [rbp+r9*8]
vpaddd ymm6, ymm15, [r13+r12*1-64]
vpaddd ymm6, ymm15, [rdx+r15*2+100000]
vpaddd zmm0, zmm7, zmm9
vpaddd zmm0{k1}, zmm7, zmm9
vpaddd zmm0{k7}{z}, zmm7, zmm9
vpaddd zmm7, zmm9, zmm17
vpaddd zmm7{k1}, zmm9, zmm17
vpaddd zmm7{k7}{z}, zmm9, zmm17
vpaddd zmm9, zmm17, zmm31
vpaddd zmm9{k1}, zmm17, zmm31
vpaddd zmm9{k7}{z}, zmm17, zmm31
vpaddd zmm17, zmm31, zmm0
vpaddd zmm17{k1}, zmm31, zmm0
vpaddd zmm17{k7}{z}, zmm31, zmm0
vpaddd zmm31, zmm0, zmm7
vpaddd zmm31{k1}, zmm0, zmm7
vpaddd zmm31{k7}{z}, zmm0, zmm7
vpaddd zmm7, zmm17, [rax]
vpaddd zmm7, zmm17, [rbp]
vpaddd zmm7, zmm17, [rsp]
vpaddd zmm7, zmm17, [r12]
vpaddd zmm7, zmm17, [r13]
vpaddd zmm7, zmm17, [rsi+64]
vpaddd zmm7, zmm17, [rsi+4]
vpaddd zmm7, zmm17, [r9-128]
vpaddd zmm7, zmm17, [r9-132]
vpaddd zmm7, zmm17, [r10+127]
vpaddd zmm7, zmm17, [r10+8192]
vpaddd zmm7, zmm17, [r10+8128]
vpaddd zmm7, zmm17, [rax+rcx*4]
vpaddd zmm7, zmm17, [rbp+r9*8]
vpaddd zmm7, zmm17, [r13+r12*1-64]
vpaddd zmm7, zmm17, [rdx+r15*2+100000]
vpaddd zmm30{k3}, zmm2, [r8+128]
vpaddd zmm30, zmm2, [r8+12]{1to16}
vpaddd zmm3, zmm2, [rsp+512]{1to16}
vpsubd xmm1, xmm6, xmm10
vpsubd xmm6, xmm10, xmm15
vpsubd xmm10, xmm15, xmm1
vpsubd xmm15, xmm1, xmm6
vpsubd xmm6, xmm15, [rax]
vpsubd xmm6, xmm15, [rbp]
vpsubd xmm6, xmm15, [rsp]
vpsubd xmm6, xmm15, [r12]
vpsubd xmm6, xmm15, [r13]
vpsubd xmm6, xmm15, [rsi+64]
vpsubd xmm6, xmm15, [rsi+4]
vpsubd xmm6, xmm15, [r9-128]
vpsubd xmm6, xmm15, [r9-132]
vpsubd xmm6, xmm15, [r10+127]
vpsubd xmm6, xmm15, [r10+8192]
vpsubd xmm6, xmm15, [r10+8128]
vpsubd xmm6, xmm15, [rax+rcx*4]
vpsubd xmm6, xmm15, [rbp+r9*8]
vpsubd xmm6, xmm15, [r13+r12*1-64]
vpsubd xmm6, xmm15, [rdx+r15*2+100000]
vpsubd ymm1, ymm6, ymm10
vpsubd ymm6, ymm10, ymm15
vpsubd ymm10, ymm15, ymm1
vpsubd ymm15, ymm1, ymm6
vpsubd ymm6, ymm15, [rax]
vpsubd ymm6, ymm15, [rbp]
vpsubd ymm6, ymm15, [rsp]
vpsubd ymm6, ymm15, [r12]
vpsubd ymm6, ymm15, [r13]
vpsubd ymm6, ymm15, [rsi+64]
vpsubd ymm6, ymm15, [rsi+4]
vpsubd ymm6, ymm15, [r9-128]
vpsubd ymm6, ymm15, [r9-132]
vpsubd ymm6, ymm15, [r10+127]
vpsubd ymm6, ymm15, [r10+8192]
vpsubd ymm6, ymm15, [r10+8128]
vpsubd ymm6, ymm15, [rax+rcx*4]
vpsubd ymm6, ymm15, [rbp+r9*8]
vpsubd ymm6, ymm15, [r13+r12*1-64]
vpsubd ymm6, ymm15, [rdx+r15*2+100000]
vpsubd zmm0, zmm7, zmm9
vpsubd zmm0{k1}, zmm7, zmm9
vpsubd zmm0{k7}{z}, zmm7, zmm9
vpsubd zmm7, zmm9, zmm17
vpsubd zmm7{k1}, zmm9, zmm17
vpsubd zmm7{k7}{z}, zmm9, zmm17
vpsubd zmm9, zmm17, zmm31
vpsubd zmm9{k1}, zmm17, zmm31
vpsubd zmm9{k7}{z}, zmm17, zmm31
vpsubd zmm17, zmm31, zmm0
vpsubd zmm17{k1}, zmm31, zmm0
vpsubd zmm17{k7}{z}, zmm31, zmm0
vpsubd zmm31, zmm0, zmm7
vpsubd zmm31{k1}, zmm0, zmm7
vpsubd zmm31{k7}{z}, zmm0, zmm7
vpsubd zmm7, zmm17, [rax]
vpsubd zmm7, zmm17, [rbp]
vpsubd zmm7, zmm17, [rsp]
vpsubd zmm7, zmm17, [r12]
vpsubd zmm7, zmm17, [r13]
vpsubd zmm7, zmm17, [rsi+64]
vpsubd zmm7, zmm17, [rsi+4]
vpsubd zmm7, zmm17, [r9-128]
vpsubd zmm7, zmm17, [r9-132]
vpsubd zmm7, zmm17, [r10+127]
vpsubd zmm7, zmm17, [r10+8192]
vpsubd zmm7, zmm17, [r10+8128]
vpsubd zmm7, zmm17, [rax+rcx*4]
vpsubd zmm7, zmm17, [rbp+r9*8]
vpsubd zmm7, zmm17, [r13+r12*1-64]
vpsubd zmm7, zmm17, [rdx+r15*2+100000]
vpsubd zmm30{k3}, zmm2, [r8+128]
vpsubd zmm30, zmm2, [r8+12]{1to16}
vpsubd zmm3, zmm2, [rsp+512]{1to16}
vpcmpeqb xmm1, xmm6, xmm10
vpcmpeqb xmm6, xmm10, xmm15
vpcmpeqb xmm10, xmm15, xmm1
vpcmpeqb xmm15, xmm1, xmm6
vpcmpeqb xmm6, xmm15, [rax]
vpcmpeqb xmm6, xmm15, [rbp]
vpcmpeqb xmm6, xmm15, [rsp]
vpcmpeqb xmm6, xmm15, [r12]
vpcmpeqb xmm6, xmm15, [r13]
vpcmpeqb xmm6, xmm15, [rsi+64]
vpcmpeqb xmm6, xmm15, [rsi+4]
vpcmpeqb xmm6, xmm15, [r9-128]
vpcmpeqb xmm6, xmm15, [r9-132]
vpcmpeqb xmm6, xmm15, [r10+127]
vpcmpeqb xmm6, xmm15, [r10+8192]
vpcmpeqb xmm6, xmm15, [r10+8128]
vpcmpeqb xmm6, xmm15, [rax+rcx*4]
vpcmpeqb xmm6, xmm15, [rbp+r9*8]
vpcmpeqb xmm6, xmm15, [r13+r12*1-64]
vpcmpeqb xmm6, xmm15, [rdx+r15*2+100000]
vpcmpeqb ymm1, ymm6, ymm10
vpcmpeqb ymm6, ymm10, ymm15
vpcmpeqb ymm10, ymm15, ymm1
vpcmpeqb ymm15, ymm1, ymm6
vpcmpeqb ymm6, ymm15, [rax]
vpcmpeqb ymm6, ymm15, [rbp]
vpcmpeqb ymm6, ymm15, [rsp]
vpcmpeqb ymm6, ymm15, [r12]
vpcmpeqb ymm6, ymm15, [r13]
vpcmpeqb ymm6, ymm15, [rsi+64]
vpcmpeqb ymm6, ymm15, [rsi+4]
vpcmpeqb ymm6, ymm15, [r9-128]
vpcmpeqb ymm6, ymm15, [r9-132]
vpcmpeqb ymm6, ymm15, [r10+127]
vpcmpeqb ymm6, ymm15, [r10+8192]
vpcmpeqb ymm6, ymm15, [r10+8128]
vpcmpeqb ymm6, ymm15, [rax+rcx*4]
vpcmpeqb ymm6, ymm15, [rbp+r9*8]
vpcmpeqb ymm6, ymm15, [r13+r12*1-64]
vpcmpeqb ymm6, ymm15, [rdx+r15*2+100000]
vpabsb xmm1, xmm10
vpabsb xmm6, xmm15
vpabsb xmm10, xmm1
vpabsb xmm15, xmm6
vpabsb xmm6, [rax]
vpabsb xmm6, [rbp]
vpabsb xmm6, [rsp]
vpabsb xmm6, [r12]
vpabsb xmm6, [r13]
vpabsb xmm6, [rsi+64]
vpabsb xmm6, [rsi+4]
vpabsb xmm6, [r9-128]
vpabsb xmm6, [r9-132]
vpabsb xmm6, [r10+127]
vpabsb xmm6, [r10+8192]
vpabsb xmm6, [r10+8128]
vpabsb xmm6, [rax+rcx*4]
vpabsb xmm6, [rbp+r9*8]
vpabsb xmm6, [r13+r12*1-64]
vpabsb xmm6, [rdx+r15*2+100000]
vpabsb ymm1, ymm10
vpabsb ymm6, ymm15
vpabsb ymm10, ymm1
vpabsb ymm15, ymm6
vpabsb ymm6, [rax]
vpabsb ymm6, [rbp]
vpabsb ymm6, [rsp]
vpabsb ymm6, [r12]
vpabsb ymm6, [r13]
vpabsb ymm6, [rsi+64]
vpabsb ymm6, [rsi+4]
vpabsb ymm6, [r9-128]
vpabsb ymm6, [r9-132]
vpabsb ymm6, [r10+127]
vpabsb ymm6, [r10+8192]
vpabsb ymm6, [r10+8128]
vpabsb ymm6, [rax+rcx*4]
vpabsb ymm6, [rbp+r9*8]
vpabsb ymm6, [r13+r12*1-64]
vpabsb ymm6, [rdx+r15*2+100000]
vpabsb zmm0, zmm9
vpabsb zmm0{k1}, zmm9
vpabsb zmm0{k7}{z}, zmm9
vpabsb zmm7, zmm17
vpabsb zmm7{k1}, zmm17
vpabsb zmm7{k7}{z}, zmm17
vpabsb zmm9, zmm31
vpabsb zmm9{k1}, zmm31
vpabsb zmm9{k7}{z}, zmm31
vpabsb zmm17, zmm0
vpabsb zmm17{k1}, zmm0
vpabsb zmm17{k7}{z}, zmm0
vpabsb zmm31, zmm7
vpabsb zmm31{k1}, zmm7
vpabsb zmm31{k7}{z}, zmm7
vpabsb zmm7, [rax]
vpabsb zmm7, [rbp]
vpabsb zmm7, [rsp]
vpabsb zmm7, [r12]
vpabsb zmm7, [r13]
vpabsb zmm7, [rsi+64]
vpabsb zmm7, [rsi+4]
vpabsb zmm7, [r9-128]
vpabsb zmm7, [r9-132]
vpabsb zmm7, [r10+127]
vpabsb zmm7, [r10+8192]
vpabsb zmm7, [r10+8128]
vpabsb zmm7, [rax+rcx*4]
vpabsb zmm7, [rbp+r9*8]
vpabsb zmm7, [r13+r12*1-64]
vpabsb zmm7, [rdx+r15*2+100000]
vpabsb zmm30{k3}, [r8+128]
vpsignb xmm1, xmm6, xmm10
vpsignb xmm6, xmm10, xmm15
vpsignb xmm10, xmm15, xmm1
vpsignb xmm15, xmm1, xmm6
vpsignb xmm6, xmm15, [rax]
vpsignb xmm6, xmm15, [rbp]
vpsignb xmm6, xmm15, [rsp]
vpsignb xmm6, xmm15, [r12]
vpsignb xmm6, xmm15, [r13]
vpsignb xmm6, xmm15, [rsi+64]
vpsignb xmm6, xmm15, [rsi+4]
vpsignb xmm6, xmm15, [r9-128]
vpsignb xmm6, xmm15, [r9-132]
vpsignb xmm6, xmm15, [r10+127]
vpsignb xmm6, xmm15, [r10+8192]
vpsignb xmm6, xmm15, [r10+8128]
vpsignb xmm6, xmm15, [rax+rcx*4]
vpsignb xmm6, xmm15, [rbp+r9*8]
vpsignb xmm6, xmm15, [r13+r12*1-64]
vpsignb xmm6, xmm15, [rdx+r15*2+100000]
vpsignb ymm1, ymm6, ymm10
vpsignb ymm6, ymm10, ymm15
vpsignb ymm10, ymm15, ymm1
vpsignb ymm15, ymm1, ymm6
vpsignb ymm6, ymm15, [rax]
vpsignb ymm6, ymm15, [rbp]
vpsignb ymm6, ymm15, [rsp]
vpsignb ymm6, ymm15, [r12]
vpsignb ymm6, ymm15, [r13]
vpsignb ymm6, ymm15, [rsi+64]
vpsignb ymm6, ymm15, [rsi+4]
vpsignb ymm6, ymm15, [r9-128]
vpsignb ymm6, ymm15, [r9-132]
vpsignb ymm6, ymm15, [r10+127]
vpsignb ymm6, ymm15, [r10+8192]
vpsignb ymm6, ymm15, [r10+8128]
vpsignb ymm6, ymm15, [rax+rcx*4]
vpsignb ymm6, ymm15, [rbp+r9*8]
vpsignb ymm6, ymm15, [r13+r12*1-64]
vpsignb ymm6, ymm15, [rdx+r15*2+100000]
vpand xmm1, xmm6, xmm10
vpand xmm6, xmm10, xmm15
vpand xmm10, xmm15, xmm1
vpand xmm15, xmm1, xmm6
vpand xmm6, xmm15, [rax]
vpand xmm6, xmm15, [rbp]
vpand xmm6, xmm15, [rsp]
vpand xmm6, xmm15, [r12]
vpand xmm6, xmm15, [r13]
vpand xmm6, xmm15, [rsi+64]
vpand xmm6, xmm15, [rsi+4]
vpand xmm6, xmm15, [r9-128]
vpand xmm6, xmm15, [r9-132]
vpand xmm6, xmm15, [r10+127]
vpand xmm6, xmm15, [r10+8192]
vpand xmm6, xmm15, [r10+8128]
vpand xmm6, xmm15, [rax+rcx*4]
vpand xmm6, xmm15, [rbp+r9*8]
vpand xmm6, xmm15, [r13+r12*1-64]
vpand xmm6, xmm15, [rdx+r15*2+100000]
vpand ymm1, ymm6, ymm10
vpand ymm6, ymm10, ymm15
vpand ymm10, ymm15, ymm1
vpand ymm15, ymm1, ymm6
vpand ymm6, ymm15, [rax]
vpand ymm6, ymm15, [rbp]
vpand ymm6, ymm15, [rsp]
vpand ymm6, ymm15, [r12]
vpand ymm6, ymm15, [r13]
vpand ymm6, ymm15, [rsi+64]
vpand ymm6, ymm15, [rsi+4]
vpand ymm6, ymm15, [r9-128]
vpand ymm6, ymm15, [r9-132]
vpand ymm6, ymm15, [r10+127]
vpand ymm6, ymm15, [r10+8192]
vpand ymm6, ymm15, [r10+8128]
vpand ymm6, ymm15, [rax+rcx*4]
vpand ymm6, ymm15, [rbp+r9*8]
vpand ymm6, ymm15, [r13+r12*1-64]
vpand ymm6, ymm15, [rdx+r15*2+100000]
vpor xmm1, xmm6, xmm10
vpor xmm6, xmm10, xmm15
vpor xmm10, xmm15, xmm1
vpor xmm15, xmm1, xmm6
vpor xmm6, xmm15, [rax]
vpor xmm6, xmm15, [rbp]
vpor xmm6, xmm15, [rsp]
vpor xmm6, xmm15, [r12]
vpor xmm6, xmm15, [r13]
vpor xmm6, xmm15, [rsi+64]
vpor xmm6, xmm15, [rsi+4]
vpor xmm6, xmm15, [r9-128]
vpor xmm6, xmm15, [r9-132]
vpor xmm6, xmm15, [r10+127]
vpor xmm6, xmm15, [r10+8192]
vpor xmm6, xmm15, [r10+8128]
vpor xmm6, xmm15, [rax+rcx*4]
vpor xmm6, xmm15, [rbp+r9*8]
vpor xmm6, xmm15, [r13+r12*1-64]
vpor xmm6, xmm15, [rdx+r15*2+100000]
vpor ymm1, ymm6, ymm10
vpor ymm6, ymm10, ymm15
vpor ymm10, ymm15, ymm1
vpor ymm15, ymm1, ymm6
vpor ymm6, ymm15, [rax]
vpor ymm6, ymm15, [rbp]
vpor ymm6, ymm15, [rsp]
vpor ymm6, ymm15, [r12]
vpor ymm6, ymm15, [r13]
vpor ymm6, ymm15, [rsi+64]
vpor ymm6, ymm15, [rsi+4]
vpor ymm6, ymm15, [r9-128]
vpor ymm6, ymm15, [r9-132]
vpor ymm6, ymm15, [r10+127]
vpor ymm6, ymm15, [r10+8192]
vpor ymm6, ymm15, [r10+8128]
vpor ymm6, ymm15, [rax+rcx*4]
vpor ymm6, ymm15, [rbp+r9*8]
vpor ymm6, ymm15, [r13+r12*1-64]
vpor ymm6, ymm15, [rdx+r15*2+100000]
vpxor xmm1, xmm6, xmm10
vpxor xmm6, xmm10, xmm15
vpxor xmm10, xmm15, xmm1
vpxor xmm15, xmm1, xmm6
vpxor xmm6, xmm15, [rax]
vpxor xmm6, xmm15, [rbp]
vpxor xmm6, xmm15, [rsp]
vpxor xmm6, xmm15, [r12]
vpxor xmm6, xmm15, [r13]
vpxor xmm6, xmm15, [rsi+64]
vpxor xmm6, xmm15, [rsi+4]
vpxor xmm6, xmm15, [r9-128]
vpxor xmm6, xmm15, [r9-132]
vpxor xmm6, xmm15, [r10+127]
vpxor xmm6, xmm15, [r10+8192]
vpxor xmm6, xmm15, [r10+8128]
vpxor xmm6, xmm15, [rax+rcx*4]
vpxor xmm6, xmm15, [rbp+r9*8]
vpxor xmm6, xmm15, [r13+r12*1-64]
vpxor xmm6, xmm15, [rdx+r15*2+100000]
vpxor ymm1, ymm6, ymm10
vpxor ymm6, ymm10, ymm15
vpxor ymm10, ymm15, ymm1
vpxor ymm15, ymm1, ymm6
vpxor ymm6, ymm15, [rax]
vpxor ymm6, ymm15, [rbp]
vpxor ymm6, ymm15, [rsp]
vpxor ymm6, ymm15, [r12]
vpxor ymm6, ymm15, [r13]
vpxor ymm6, ymm15, [rsi+64]
vpxor ymm6, ymm15, [rsi+4]
vpxor ymm6, ymm15, [r9-128]
vpxor ymm6, ymm15, [r9-132]
vpxor ymm6, ymm15, [r10+127]
vpxor ymm6, ymm15, [r10+8192]
vpxor ymm6, ymm15, [r10+8128]
vpxor ymm6, ymm15, [rax+rcx*4]
vpxor ymm6, ymm15, [rbp+r9*8]
vpxor ymm6, ymm15, [r13+r12*1-64]
vpxor ymm6, ymm15, [rdx+r15*2+100000]
vpandd xmm1, xmm6, xmm10
vpandd xmm6, xmm10, xmm15
vpandd xmm10, xmm15, xmm1
vpandd xmm15, xmm1, xmm6
vpandd xmm6, xmm15, [rax]
vpandd xmm6, xmm15, [rbp]
vpandd xmm6, xmm15, [rsp]
vpandd xmm6, xmm15, [r12]
vpandd xmm6, xmm15, [r13]
vpandd xmm6, xmm15, [rsi+64]
vpandd xmm6, xmm15, [rsi+4]
vpandd xmm6, xmm15, [r9-128]
vpandd xmm6, xmm15, [r9-132]
vpandd xmm6, xmm15, [r10+127]
vpandd xmm6, xmm15, [r10+8192]
vpandd xmm6, xmm15, [r10+8128]
vpandd xmm6, xmm15, [rax+rcx*4]
vpandd xmm6, xmm15, [rbp+r9*8]
vpandd xmm6, xmm15, [r13+r12*1-64]
vpandd xmm6, xmm15, [rdx+r15*2+100000]
vpandd ymm1, ymm6, ymm10
vpandd ymm6, ymm10, ymm15
vpandd ymm10, ymm15, ymm1
vpandd ymm15, ymm1, ymm6
vpandd ymm6, ymm15, [rax]
vpandd ymm6, ymm15, [rbp]
vpandd ymm6, ymm15, [rsp]
vpandd ymm6, ymm15, [r12]
vpandd ymm6, ymm15, [r13]
vpandd ymm6, ymm15, [rsi+64]
vpandd ymm6, ymm15, [rsi+4]
vpandd ymm6, ymm15, [r9-128]
vpandd ymm6, ymm15, [r9-132]
vpandd ymm6, ymm15, [r10+127]
vpandd ymm6, ymm15, [r10+8192]
vpandd ymm6, ymm15, [r10+8128]
vpandd ymm6, ymm15, [rax+rcx*4]
vpandd ymm6, ymm15, [rbp+r9*8]
vpandd ymm6, ymm15, [r13+r12*1-64]
vpandd ymm6, ymm15, [rdx+r15*2+100000]
vpandd zmm0, zmm7, zmm9
vpandd zmm0{k1}, zmm7, zmm9
vpandd zmm0{k7}{z}, zmm7, zmm9
vpandd zmm7, zmm9, zmm17
vpandd zmm7{k1}, zmm9, zmm17
vpandd zmm7{k7}{z}, zmm9, zmm17
vpandd zmm9, zmm17, zmm31
vpandd zmm9{k1}, zmm17, zmm31
vpandd zmm9{k7}{z}, zmm17, zmm31
vpandd zmm17, zmm31, zmm0
vpandd zmm17{k1}, zmm31, zmm0
vpandd zmm17{k7}{z}, zmm31, zmm0
vpandd zmm31, zmm0, zmm7
vpandd zmm31{k1}, zmm0, zmm7
vpandd zmm31{k7}{z}, zmm0, zmm7
vpandd zmm7, zmm17, [rax]
vpandd zmm7, zmm17, [rbp]
vpandd zmm7, zmm17, [rsp]
vpandd zmm7, zmm17, [r12]
vpandd zmm7, zmm17, [r13]
vpandd zmm7, zmm17, [rsi+64]
vpandd zmm7, zmm17, [rsi+4]
vpandd zmm7, zmm17, [r9-128]
vpandd zmm7, zmm17, [r9-132]
vpandd zmm7, zmm17, [r10+127]
vpandd zmm7, zmm17, [r10+8192]
vpandd zmm7, zmm17, [r10+8128]
vpandd zmm7, zmm17, [rax+rcx*4]
vpandd zmm7, zmm17, [rbp+r9*8]
vpandd zmm7, zmm17, [r13+r12*1-64]
vpandd zmm7, zmm17, [rdx+r15*2+100000]
vpandd zmm30{k3}, zmm2, [r8+128]
vpandd zmm30, zmm2, [r8+12]{1to16}
vpandd zmm3, zmm2, [rsp+512]{1to16}
vpord xmm1, xmm6, xmm10
vpord xmm6, xmm10, xmm15
vpord xmm10, xmm15, xmm1
vpord xmm15, xmm1, xmm6
vpord xmm6, xmm15, [rax]
vpord xmm6, xmm15, [rbp]
vpord xmm6, xmm15, [rsp]
vpord xmm6, xmm15, [r12]
vpord xmm6, xmm15, [r13]
vpord xmm6, xmm15, [rsi+64]
vpord xmm6, xmm15, [rsi+4]
vpord xmm6, xmm15, [r9-128]
vpord xmm6, xmm15, [r9-132]
vpord xmm6, xmm15, [r10+127]
vpord xmm6, xmm15, [r10+8192]
vpord xmm6, xmm15, [r10+8128]
vpord xmm6, xmm15, [rax+rcx*4]
vpord xmm6, xmm15, [rbp+r9*8]
vpord xmm6, xmm15, [r13+r12*1-64]
vpord xmm6, xmm15, [rdx+r15*2+100000]
vpord ymm1, ymm6, ymm10
vpord ymm6, ymm10, ymm15
vpord ymm10, ymm15, ymm1
vpord ymm15, ymm1, ymm6
vpord ymm6, ymm15, [rax]
vpord ymm6, ymm15, [rbp]
vpord ymm6, ymm15, [rsp]
vpord ymm6, ymm15, [r12]
vpord ymm6, ymm15, [r13]
vpord ymm6, ymm15, [rsi+64]
vpord ymm6, ymm15, [rsi+4]
vpord ymm6, ymm15, [r9-128]
vpord ymm6, ymm15, [r9-132]
vpord ymm6, ymm15, [r10+127]
vpord ymm6, ymm15, [r10+8192]
vpord ymm6, ymm15, [r10+8128]
vpord ymm6, ymm15, [rax+rcx*4]
vpord ymm6, ymm15, [rbp+r9*8]
vpord ymm6, ymm15, [r13+r12*1-64]
vpord ymm6, ymm15, [rdx+r15*2+100000]
vpord zmm0, zmm7, zmm9
vpord zmm0{k1}, zmm7, zmm9
vpord zmm0{k7}{z}, zmm7, zmm9
vpord zmm7, zmm9, zmm17
vpord zmm7{k1}, zmm9, zmm17
vpord zmm7{k7}{z}, zmm9, zmm17
vpord zmm9, zmm17, zmm31
vpord zmm9{k1}, zmm17, zmm31
vpord zmm9{k7}{z}, zmm17, zmm31
vpord zmm17, zmm31, zmm0
vpord zmm17{k1}, zmm31, zmm0
vpord zmm17{k7}{z}, zmm31, zmm0
vpord zmm31, zmm0, zmm7
vpord zmm31{k1}, zmm0, zmm7
vpord zmm31{k7}{z}, zmm0, zmm7
vpord zmm7, zmm17, [rax]
vpord zmm7, zmm17, [rbp]
vpord zmm7, zmm17, [rsp]
vpord zmm7, zmm17, [r12]
vpord zmm7, zmm17, [r13]
vpord zmm7, zmm17, [rsi+64]
vpord zmm7, zmm17, [rsi+4]
vpord zmm7, zmm17, [r9-128]
vpord zmm7, zmm17, [r9-132]
vpord zmm7, zmm17, [r10+127]
vpord zmm7, zmm17, [r10+8192]
vpord zmm7, zmm17, [r10+8128]
vpord zmm7, zmm17, [rax+rcx*4]
vpord zmm7, zmm17, [rbp+r9*8]
vpord zmm7, zmm17, [r13+r12*1-64]
vpord zmm7, zmm17, [rdx+r15*2+100000]
vpord zmm30{k3}, zmm2, [r8+128]
vpord zmm30, zmm2, [r8+12]{1to16}
vpord zmm3, zmm2, [rsp+512]{1to16}
vpxord xmm1, xmm6, xmm10
vpxord xmm6, xmm10, xmm15
vpxord xmm10, xmm15, xmm1
vpxord xmm15, xmm1, xmm6
vpxord xmm6, xmm15, [rax]
vpxord xmm6, xmm15, [rbp]
vpxord xmm6, xmm15, [rsp]
vpxord xmm6, xmm15, [r12]
vpxord xmm6, xmm15, [r13]
vpxord xmm6, xmm15, [rsi+64]
vpxord xmm6, xmm15, [rsi+4]
vpxord xmm6, xmm15, [r9-128]
vpxord xmm6, xmm15, [r9-132]
vpxord xmm6, xmm15, [r10+127]
vpxord xmm6, xmm15, [r10+8192]
vpxord xmm6, xmm15, [r10+8128]
vpxord xmm6, xmm15, [rax+rcx*4]
vpxord xmm6, xmm15, [rbp+r9*8]
vpxord xmm6, xmm15, [r13+r12*1-64]
vpxord xmm6, xmm15, [rdx+r15*2+100000]
vpxord ymm1, ymm6, ymm10
vpxord ymm6, ymm10, ymm15
vpxord ymm10, ymm15, ymm1
vpxord ymm15, ymm1, ymm6
vpxord ymm6, ymm15, [rax]
vpxord ymm6, ymm15, [rbp]
vpxord ymm6, ymm15, [rsp]
vpxord ymm6, ymm15, [r12]
vpxord ymm6, ymm15, [r13]
vpxord ymm6, ymm15, [rsi+64]
vpxord ymm6, ymm15, [rsi+4]
vpxord ymm6, ymm15, [r9-128]
vpxord ymm6, ymm15, [r9-132]
vpxord ymm6, ymm15, [r10+127]
vpxord ymm6, ymm15, [r10+8192]
vpxord ymm6, ymm15, [r10+8128]
vpxord ymm6, ymm15, [rax+rcx*4]
vpxord ymm6, ymm15, [rbp+r9*8]
vpxord ymm6, ymm15, [r13+r12*1-64]
vpxord ymm6, ymm15, [rdx+r15*2+100000]
vpxord zmm0, zmm7, zmm9
vpxord zmm0{k1}, zmm7, zmm9
vpxord zmm0{k7}{z}, zmm7, zmm9
vpxord zmm7, zmm9, zmm17
vpxord zmm7{k1}, zmm9, zmm17
vpxord zmm7{k7}{z}, zmm9, zmm17
vpxord zmm9, zmm17, zmm31
vpxord zmm9{k1}, zmm17, zmm31
vpxord zmm9{k7}{z}, zmm17, zmm31
vpxord zmm17, zmm31, zmm0
vpxord zmm17{k1}, zmm31, zmm0
vpxord zmm17{k7}{z}, zmm31, zmm0
vpxord zmm31, zmm0, zmm7
vpxord zmm31{k1}, zmm0, zmm7
vpxord zmm31{k7}{z}, zmm0, zmm7
vpxord zmm7, zmm17, [rax]
vpxord zmm7, zmm17, [rbp]
vpxord zmm7, zmm17, [rsp]
vpxord zmm7, zmm17, [r12]
vpxord zmm7, zmm17, [r13]
vpxord zmm7, zmm17, [rsi+64]
vpxord zmm7, zmm17, [rsi+4]
vpxord zmm7, zmm17, [r9-128]
vpxord zmm7, zmm17, [r9-132]
vpxord zmm7, zmm17, [r10+127]
vpxord zmm7, zmm17, [r10+8192]
vpxord zmm7, zmm17, [r10+8128]
vpxord zmm7, zmm17, [rax+rcx*4]
vpxord zmm7, zmm17, [rbp+r9*8]
vpxord zmm7, zmm17, [r13+r12*1-64]
vpxord zmm7, zmm17, [rdx+r15*2+100000]
vpxord zmm30{k3}, zmm2, [r8+128]
vpxord zmm30, zmm2, [r8+12]{1to16}
vpxord zmm3, zmm2, [rsp+512]{1to16}
vpternlogd xmm1, xmm6, xmm10, 1
vpternlogd xmm6, xmm10, xmm15, 1
vpternlogd xmm10, xmm15, xmm1, 1
vpternlogd xmm15, xmm1, xmm6, 1
vpternlogd xmm6, xmm15, [rax], 1
vpternlogd xmm6, xmm15, [rbp], 1
vpternlogd xmm6, xmm15, [rsp], 1
vpternlogd xmm6, xmm15, [r12], 1
vpternlogd xmm6, xmm15, [r13], 1
vpternlogd xmm6, xmm15, [rsi+64], 1
vpternlogd xmm6, xmm15, [rsi+4], 1
vpternlogd xmm6, xmm15, [r9-128], 1
vpternlogd xmm6, xmm15, [r9-132], 1
vpternlogd xmm6, xmm15, [r10+127], 1
vpternlogd xmm6, xmm15, [r10+8192], 1
vpternlogd xmm6, xmm15, [r10+8128], 1
vpternlogd xmm6, xmm15, [rax+rcx*4], 1
vpternlogd xmm6, xmm15, [rbp+r9*8], 1
vpternlogd xmm6, xmm15, [r13+r12*1-64], 1
vpternlogd xmm6, xmm15, [rdx+r15*2+100000], 1
vpternlogd ymm1, ymm6, ymm10, 1
vpternlogd ymm6, ymm10, ymm15, 1
vpternlogd ymm10, ymm15, ymm1, 1
vpternlogd ymm15, ymm1, ymm6, 1
vpternlogd ymm6, ymm15, [rax], 1
vpternlogd ymm6, ymm15, [rbp], 1
vpternlogd ymm6, ymm15, [rsp], 1
vpternlogd ymm6, ymm15, [r12], 1
vpternlogd ymm6, ymm15, [r13], 1
vpternlogd ymm6, ymm15, [rsi+64], 1
vpternlogd ymm6, ymm15, [rsi+4], 1
vpternlogd ymm6, ymm15, [r9-128], 1
vpternlogd ymm6, ymm15, [r9-132], 1
vpternlogd ymm6, ymm15, [r10+127], 1
vpternlogd ymm6, ymm15, [r10+8192], 1
vpternlogd ymm6, ymm15, [r10+8128], 1
vpternlogd ymm6, ymm15, [rax+rcx*4], 1
vpternlogd ymm6, ymm15, [rbp+r9*8], 1
vpternlogd ymm6, ymm15, [r13+r12*1-64], 1
vpternlogd ymm6, ymm15, [rdx+r15*2+100000], 1
vpternlogd zmm0, zmm7, zmm9, 1
vpternlogd zmm0{k1}, zmm7, zmm9, 1
vpternlogd zmm0{k7}{z}, zmm7, zmm9, 1
vpternlogd zmm7, zmm9, zmm17, 1
vpternlogd zmm7{k1}, zmm9, zmm17, 1
vpternlogd zmm7{k7}{z}, zmm9, zmm17, 1
vpternlogd zmm9, zmm17, zmm31, 1
vpternlogd zmm9{k1}, zmm17, zmm31, 1
vpternlogd zmm9{k7}{z}, zmm17, zmm31, 1
vpternlogd zmm17, zmm31, zmm0, 1
vpternlogd zmm17{k1}, zmm31, zmm0, 1
vpternlogd zmm17{k7}{z}, zmm31, zmm0, 1
vpternlogd zmm31, zmm0, zmm7, 1
vpternlogd zmm31{k1}, zmm0, zmm7, 1
vpternlogd zmm31{k7}{z}, zmm0, zmm7, 1
vpternlogd zmm7, zmm17, [rax], 1
vpternlogd zmm7, zmm17, [rbp], 1
vpternlogd zmm7, zmm17, [rsp], 1
vpternlogd zmm7, zmm17, [r12], 1
vpternlogd zmm7, zmm17, [r13], 1
vpternlogd zmm7, zmm17, [rsi+64], 1
vpternlogd zmm7, zmm17, [rsi+4], 1
vpternlogd zmm7, zmm17, [r9-128], 1
vpternlogd zmm7, zmm17, [r9-132], 1
vpternlogd zmm7, zmm17, [r10+127], 1
vpternlogd zmm7, zmm17, [r10+8192], 1
vpternlogd zmm7, zmm17, [r10+8128], 1
vpternlogd zmm7, zmm17, [rax+rcx*4], 1
vpternlogd zmm7, zmm17, [rbp+r9*8], 1
vpternlogd zmm7, zmm17, [r13+r12*1-64], 1
vpternlogd zmm7, zmm17, [rdx+r15*2+100000], 1
vpternlogd zmm30{k3}, zmm2, [r8+128], 1
vpternlogd zmm30, zmm2, [r8+12]{1to16}, 1
vpternlogd zmm3, zmm2, [rsp+512]{1to16}, 1
vpslld xmm1, xmm10, 3
vpslld xmm6, xmm15, 3
vpslld xmm10, xmm1, 3
vpslld xmm15, xmm6, 3
vpslld ymm1, ymm10, 3
vpslld ymm6, ymm15, 3
vpslld ymm10, ymm1, 3
vpslld ymm15, ymm6, 3
vpslld zmm0, zmm9, 3
vpslld zmm0{k1}, zmm9, 3
vpslld zmm0{k7}{z}, zmm9, 3
vpslld zmm7, zmm17, 3
vpslld zmm7{k1}, zmm17, 3
vpslld zmm7{k7}{z}, zmm17, 3
vpslld zmm9, zmm31, 3
vpslld zmm9{k1}, zmm31, 3
vpslld zmm9{k7}{z}, zmm31, 3
vpslld zmm17, zmm0, 3
vpslld zmm17{k1}, zmm0, 3
vpslld zmm17{k7}{z}, zmm0, 3
vpslld zmm31, zmm7, 3
vpslld zmm31{k1}, zmm7, 3
vpslld zmm31{k7}{z}, zmm7, 3
vpsrld xmm1, xmm10, 3
vpsrld xmm6, xmm15, 3
vpsrld xmm10, xmm1, 3
vpsrld xmm15, xmm6, 3
vpsrld ymm1, ymm10, 3
vpsrld ymm6, ymm15, 3
vpsrld ymm10, ymm1, 3
vpsrld ymm15, ymm6, 3
vpsrld zmm0, zmm9, 3
vpsrld zmm0{k1}, zmm9, 3
vpsrld zmm0{k7}{z}, zmm9, 3
vpsrld zmm7, zmm17, 3
vpsrld zmm7{k1}, zmm17, 3
vpsrld zmm7{k7}{z}, zmm17, 3
vpsrld zmm9, zmm31, 3
vpsrld zmm9{k1}, zmm31, 3
vpsrld zmm9{k7}{z}, zmm31, 3
vpsrld zmm17, zmm0, 3
vpsrld zmm17{k1}, zmm0, 3
vpsrld zmm17{k7}{z}, zmm0, 3
vpsrld zmm31, zmm7, 3
vpsrld zmm31{k1}, zmm7, 3
vpsrld zmm31{k7}{z}, zmm7, 3
vpsrad xmm1, xmm10, 3
vpsrad xmm6, xmm15, 3
vpsrad xmm10, xmm1, 3
vpsrad xmm15, xmm6, 3
vpsrad ymm1, ymm10, 3
vpsrad ymm6, ymm15, 3
vpsrad ymm10, ymm1, 3
vpsrad ymm15, ymm6, 3
vpsrad zmm0, zmm9, 3
vpsrad zmm0{k1}, zmm9, 3
vpsrad zmm0{k7}{z}, zmm9, 3
vpsrad zmm7, zmm17, 3
vpsrad zmm7{k1}, zmm17, 3
vpsrad zmm7{k7}{z}, zmm17, 3
vpsrad zmm9, zmm31, 3
vpsrad zmm9{k1}, zmm31, 3
vpsrad zmm9{k7}{z}, zmm31, 3
vpsrad zmm17, zmm0, 3
vpsrad zmm17{k1}, zmm0, 3
vpsrad zmm17{k7}{z}, zmm0, 3
vpsrad zmm31, zmm7, 3
vpsrad zmm31{k1}, zmm7, 3
vpsrad zmm31{k7}{z}, zmm7, 3
vpsllw xmm1, xmm10, 3
vpsllw xmm6, xmm15, 3
vpsllw xmm10, xmm1, 3
vpsllw xmm15, xmm6, 3
vpsllw ymm1, ymm10, 3
vpsllw ymm6, ymm15, 3
vpsllw ymm10, ymm1, 3
vpsllw ymm15, ymm6, 3
vpsllw zmm0, zmm9, 3
vpsllw zmm0{k1}, zmm9, 3
vpsllw zmm0{k7}{z}, zmm9, 3
vpsllw zmm7, zmm17, 3
vpsllw zmm7{k1}, zmm17, 3
vpsllw zmm7{k7}{z}, zmm17, 3
vpsllw zmm9, zmm31, 3
vpsllw zmm9{k1}, zmm31, 3
vpsllw zmm9{k7}{z}, zmm31, 3
vpsllw zmm17, zmm0, 3
vpsllw zmm17{k1}, zmm0, 3
vpsllw zmm17{k7}{z}, zmm0, 3
vpsllw zmm31, zmm7, 3
vpsllw zmm31{k1}, zmm7, 3
vpsllw zmm31{k7}{z}, zmm7, 3
vpsrlw xmm1, xmm10, 3
vpsrlw xmm6, xmm15, 3
vpsrlw xmm10, xmm1, 3
vpsrlw xmm15, xmm6, 3
vpsrlw ymm1, ymm10, 3
vpsrlw ymm6, ymm15, 3
vpsrlw ymm10, ymm1, 3
vpsrlw ymm15, ymm6, 3
vpsrlw zmm0, zmm9, 3
vpsrlw zmm0{k1}, zmm9, 3
vpsrlw zmm0{k7}{z}, zmm9, 3
vpsrlw zmm7, zmm17, 3
vpsrlw zmm7{k1}, zmm17, 3
vpsrlw zmm7{k7}{z}, zmm17, 3
vpsrlw zmm9, zmm31, 3
vpsrlw zmm9{k1}, zmm31, 3
vpsrlw zmm9{k7}{z}, zmm31, 3
vpsrlw zmm17, zmm0, 3
vpsrlw zmm17{k1}, zmm0, 3
vpsrlw zmm17{k7}{z}, zmm0, 3
vpsrlw zmm31, zmm7, 3
vpsrlw zmm31{k1}, zmm7, 3
vpsrlw zmm31{k7}{z}, zmm7, 3
vpsraw xmm1, xmm10, 3
vpsraw xmm6, xmm15, 3
vpsraw xmm10, xmm1, 3
vpsraw xmm15, xmm6, 3
vpsraw ymm1, ymm10, 3
vpsraw ymm6, ymm15, 3
vpsraw ymm10, ymm1, 3
vpsraw ymm15, ymm6, 3
vpsraw zmm0, zmm9, 3
vpsraw zmm0{k1}, zmm9, 3
vpsraw zmm0{k7}{z}, zmm9, 3
vpsraw zmm7, zmm17, 3
vpsraw zmm7{k1}, zmm17, 3
vpsraw zmm7{k7}{z}, zmm17, 3
vpsraw zmm9, zmm31, 3
vpsraw zmm9{k1}, zmm31, 3
vpsraw zmm9{k7}{z}, zmm31, 3
vpsraw zmm17, zmm0, 3
vpsraw zmm17{k1}, zmm0, 3
vpsraw zmm17{k7}{z}, zmm0, 3
vpsraw zmm31, zmm7, 3
vpsraw zmm31{k1}, zmm7, 3
vpsraw zmm31{k7}{z}, zmm7, 3
vpsllvd xmm1, xmm6, xmm10
vpsllvd xmm6, xmm10, xmm15
vpsllvd xmm10, xmm15, xmm1
vpsllvd xmm15, xmm1, xmm6
vpsllvd xmm6, xmm15, [rax]
vpsllvd xmm6, xmm15, [rbp]
vpsllvd xmm6, xmm15, [rsp]
vpsllvd xmm6, xmm15, [r12]
vpsllvd xmm6, xmm15, [r13]
vpsllvd xmm6, xmm15, [rsi+64]
vpsllvd xmm6, xmm15, [rsi+4]
vpsllvd xmm6, xmm15, [r9-128]
vpsllvd xmm6, xmm15, [r9-132]
vpsllvd xmm6, xmm15, [r10+127]
vpsllvd xmm6, xmm15, [r10+8192]
vpsllvd xmm6, xmm15, [r10+8128]
vpsllvd xmm6, xmm15, [rax+rcx*4]
vpsllvd xmm6, xmm15, [rbp+r9*8]
vpsllvd xmm6, xmm15, [r13+r12*1-64]
vpsllvd xmm6, xmm15, [rdx+r15*2+100000]
vpsllvd ymm1, ymm6, ymm10
vpsllvd ymm6, ymm10, ymm15
vpsllvd ymm10, ymm15, ymm1
vpsllvd ymm15, ymm1, ymm6
vpsllvd ymm6, ymm15, [rax]
vpsllvd ymm6, ymm15, [rbp]
vpsllvd ymm6, ymm15, [rsp]
vpsllvd ymm6, ymm15, [r12]
vpsllvd ymm6, ymm15, [r13]
vpsllvd ymm6, ymm15, [rsi+64]
vpsllvd ymm6, ymm15, [rsi+4]
vpsllvd ymm6, ymm15, [r9-128]
vpsllvd ymm6, ymm15, [r9-132]
vpsllvd ymm6, ymm15, [r10+127]
vpsllvd ymm6, ymm15, [r10+8192]
vpsllvd ymm6, ymm15, [r10+8128]
vpsllvd ymm6, ymm15, [rax+rcx*4]
vpsllvd ymm6, ymm15, [rbp+r9*8]
vpsllvd ymm6, ymm15, [r13+r12*1-64]
vpsllvd ymm6, ymm15, [rdx+r15*2+100000]
vpsllvd zmm0, zmm7, zmm9
vpsllvd zmm0{k1}, zmm7, zmm9
vpsllvd zmm0{k7}{z}, zmm7, zmm9
vpsllvd zmm7, zmm9, zmm17
vpsllvd zmm7{k1}, zmm9, zmm17
vpsllvd zmm7{k7}{z}, zmm9, zmm17
vpsllvd zmm9, zmm17, zmm31
vpsllvd zmm9{k1}, zmm17, zmm31
vpsllvd zmm9{k7}{z}, zmm17, zmm31
vpsllvd zmm17, zmm31, zmm0
vpsllvd zmm17{k1}, zmm31, zmm0
vpsllvd zmm17{k7}{z}, zmm31, zmm0
vpsllvd zmm31, zmm0, zmm7
vpsllvd zmm31{k1}, zmm0, zmm7
vpsllvd zmm31{k7}{z}, zmm0, zmm7
vpsllvd zmm7, zmm17, [rax]
vpsllvd zmm7, zmm17, [rbp]
vpsllvd zmm7, zmm17, [rsp]
vpsllvd zmm7, zmm17, [r12]
vpsllvd zmm7, zmm17, [r13]
vpsllvd zmm7, zmm17, [rsi+64]
vpsllvd zmm7, zmm17, [rsi+4]
vpsllvd zmm7, zmm17, [r9-128]
vpsllvd zmm7, zmm17, [r9-132]
vpsllvd zmm7, zmm17, [r10+127]
vpsllvd zmm7, zmm17, [r10+8192]
vpsllvd zmm7, zmm17, [r10+8128]
vpsllvd zmm7, zmm17, [rax+rcx*4]
vpsllvd zmm7, zmm17, [rbp+r9*8]
vpsllvd zmm7, zmm17, [r13+r12*1-64]
vpsllvd zmm7, zmm17, [rdx+r15*2+100000]
vpsllvd zmm30{k3}, zmm2, [r8+128]
vpsllvd zmm30, zmm2, [r8+12]{1to16}
vpsllvd zmm3, zmm2, [rsp+512]{1to16}
vpsrlvd xmm1, xmm6, xmm10
vpsrlvd xmm6, xmm10, xmm15
vpsrlvd xmm10, xmm15, xmm1
vpsrlvd xmm15, xmm1, xmm6
vpsrlvd xmm6, xmm15, [rax]
vpsrlvd xmm6, xmm15, [rbp]
vpsrlvd xmm6, xmm15, [rsp]
vpsrlvd xmm6, xmm15, [r12]
vpsrlvd xmm6, xmm15, [r13]
vpsrlvd xmm6, xmm15, [rsi+64]
vpsrlvd xmm6, xmm15, [rsi+4]
vpsrlvd xmm6, xmm15, [r9-128]
vpsrlvd xmm6, xmm15, [r9-132]
vpsrlvd xmm6, xmm15, [r10+127]
vpsrlvd xmm6, xmm15, [r10+8192]
vpsrlvd xmm6, xmm15, [r10+8128]
vpsrlvd xmm6, xmm15, [rax+rcx*4]
vpsrlvd xmm6, xmm15, [rbp+r9*8]
vpsrlvd xmm6, xmm15, [r13+r12*1-64]
vpsrlvd xmm6, xmm15, [rdx+r15*2+100000]
vpsrlvd ymm1, ymm6, ymm10
vpsrlvd ymm6, ymm10, ymm15
vpsrlvd ymm10, ymm15, ymm1
vpsrlvd ymm15, ymm1, ymm6
vpsrlvd ymm6, ymm15, [rax]
vpsrlvd ymm6, ymm15, [rbp]
vpsrlvd ymm6, ymm15, [rsp]
vpsrlvd ymm6, ymm15, [r12]
vpsrlvd ymm6, ymm15, [r13]
vpsrlvd ymm6, ymm15, [rsi+64]
vpsrlvd ymm6, ymm15, [rsi+4]
vpsrlvd ymm6, ymm15, [r9-128]
vpsrlvd ymm6, ymm15, [r9-132]
vpsrlvd ymm6, ymm15, [r10+127]
vpsrlvd ymm6, ymm15, [r10+8192]
vpsrlvd ymm6, ymm15, [r10+8128]
vpsrlvd ymm6, ymm15, [rax+rcx*4]
vpsrlvd ymm6, ymm15, [rbp+r9*8]
vpsrlvd ymm6, ymm15, [r13+r12*1-64]
vpsrlvd ymm6, ymm15, [rdx+r15*2+100000]
vpsrlvd zmm0, zmm7, zmm9
vpsrlvd zmm0{k1}, zmm7, zmm9
vpsrlvd zmm0{k7}{z}, zmm7, zmm9
vpsrlvd zmm7, zmm9, zmm17
vpsrlvd zmm7{k1}, zmm9, zmm17
vpsrlvd zmm7{k7}{z}, zmm9, zmm17
vpsrlvd zmm9, zmm17, zmm31
vpsrlvd zmm9{k1}, zmm17, zmm31
vpsrlvd zmm9{k7}{z}, zmm17, zmm31
vpsrlvd zmm17, zmm31, zmm0
vpsrlvd zmm17{k1}, zmm31, zmm0
vpsrlvd zmm17{k7}{z}, zmm31, zmm0
vpsrlvd zmm31, zmm0, zmm7
vpsrlvd zmm31{k1}, zmm0, zmm7
vpsrlvd zmm31{k7}{z}, zmm0, zmm7
vpsrlvd zmm7, zmm17, [rax]
vpsrlvd zmm7, zmm17, [rbp]
vpsrlvd zmm7, zmm17, [rsp]
vpsrlvd zmm7, zmm17, [r12]
vpsrlvd zmm7, zmm17, [r13]
vpsrlvd zmm7, zmm17, [rsi+64]
vpsrlvd zmm7, zmm17, [rsi+4]
vpsrlvd zmm7, zmm17, [r9-128]
vpsrlvd zmm7, zmm17, [r9-132]
vpsrlvd zmm7, zmm17, [r10+127]
vpsrlvd zmm7, zmm17, [r10+8192]
vpsrlvd zmm7, zmm17, [r10+8128]
vpsrlvd zmm7, zmm17, [rax+rcx*4]
vpsrlvd zmm7, zmm17, [rbp+r9*8]
vpsrlvd zmm7, zmm17, [r13+r12*1-64]
vpsrlvd zmm7, zmm17, [rdx+r15*2+100000]
vpsrlvd zmm30{k3}, zmm2, [r8+128]
vpsrlvd zmm30, zmm2, [r8+12]{1to16}
vpsrlvd zmm3, zmm2, [rsp+512]{1to16}
vprolvd xmm1, xmm6, xmm10
vprolvd xmm6, xmm10, xmm15
vprolvd xmm10, xmm15, xmm1
vprolvd xmm15, xmm1, xmm6
vprolvd xmm6, xmm15, [rax]
vprolvd xmm6, xmm15, [rbp]
vprolvd xmm6, xmm15, [rsp]
vprolvd xmm6, xmm15, [r12]
vprolvd xmm6, xmm15, [r13]
vprolvd xmm6, xmm15, [rsi+64]
vprolvd xmm6, xmm15, [rsi+4]
vprolvd xmm6, xmm15, [r9-128]
vprolvd xmm6, xmm15, [r9-132]
vprolvd xmm6, xmm15, [r10+127]
vprolvd xmm6, xmm15, [r10+8192]
vprolvd xmm6, xmm15, [r10+8128]
vprolvd xmm6, xmm15, [rax+rcx*4]
vprolvd xmm6, xmm15, [rbp+r9*8]
vprolvd xmm6, xmm15, [r13+r12*1-64]
vprolvd xmm6, xmm15, [rdx+r15*2+100000]
vprolvd ymm1, ymm6, ymm10
vprolvd ymm6, ymm10, ymm15
vprolvd ymm10, ymm15, ymm1
vprolvd ymm15, ymm1, ymm6
vprolvd ymm6, ymm15, [rax]
vprolvd ymm6, ymm15, [rbp]
vprolvd ymm6, ymm15, [rsp]
vprolvd ymm6, ymm15, [r12]
vprolvd ymm6, ymm15, [r13]
vprolvd ymm6, ymm15, [rsi+64]
vprolvd ymm6, ymm15, [rsi+4]
vprolvd ymm6, ymm15, [r9-128]
vprolvd ymm6, ymm15, [r9-132]
vprolvd ymm6, ymm15, [r10+127]
vprolvd ymm6, ymm15, [r10+8192]
vprolvd ymm6, ymm15, [r10+8128]
vprolvd ymm6, ymm15, [rax+rcx*4]
vprolvd ymm6, ymm15, [rbp+r9*8]
vprolvd ymm6, ymm15, [r13+r12*1-64]
vprolvd ymm6, ymm15, [rdx+r15*2+100000]
vprolvd zmm0, zmm7, zmm9
vprolvd zmm0{k1}, zmm7, zmm9
vprolvd zmm0{k7}{z}, zmm7, zmm9
vprolvd zmm7, zmm9, zmm17
vprolvd zmm7{k1}, zmm9, zmm17
vprolvd zmm7{k7}{z}, zmm9, zmm17
vprolvd zmm9, zmm17, zmm31
vprolvd zmm9{k1}, zmm17, zmm31
vprolvd zmm9{k7}{z}, zmm17, zmm31
vprolvd zmm17, zmm31, zmm0
vprolvd zmm17{k1}, zmm31, zmm0
vprolvd zmm17{k7}{z}, zmm31, zmm0
vprolvd zmm31, zmm0, zmm7
vprolvd zmm31{k1}, zmm0, zmm7
vprolvd zmm31{k7}{z}, zmm0, zmm7
vprolvd zmm7, zmm17, [rax]
vprolvd zmm7, zmm17, [rbp]
vprolvd zmm7, zmm17, [rsp]
vprolvd zmm7, zmm17, [r12]
vprolvd zmm7, zmm17, [r13]
vprolvd zmm7, zmm17, [rsi+64]
vprolvd zmm7, zmm17, [rsi+4]
vprolvd zmm7, zmm17, [r9-128]
vprolvd zmm7, zmm17, [r9-132]
vprolvd zmm7, zmm17, [r10+127]
vprolvd zmm7, zmm17, [r10+8192]
vprolvd zmm7, zmm17, [r10+8128]
vprolvd zmm7, zmm17, [rax+rcx*4]
vprolvd zmm7, zmm17, [rbp+r9*8]
vprolvd zmm7, zmm17, [r13+r12*1-64]
vprolvd zmm7, zmm17, [rdx+r15*2+100000]
vprolvd zmm30{k3}, zmm2, [r8+128]
vprolvd zmm30, zmm2, [r8+12]{1to16}
vprolvd zmm3, zmm2, [rsp+512]{1to16}
vpmaxsd xmm1, xmm6, xmm10
vpmaxsd xmm6, xmm10, xmm15
vpmaxsd xmm10, xmm15, xmm1
vpmaxsd xmm15, xmm1, xmm6
vpmaxsd xmm6, xmm15, [rax]
vpmaxsd xmm6, xmm15, [rbp]
vpmaxsd xmm6, xmm15, [rsp]
vpmaxsd xmm6, xmm15, [r12]
vpmaxsd xmm6, xmm15, [r13]
vpmaxsd xmm6, xmm15, [rsi+64]
vpmaxsd xmm6, xmm15, [rsi+4]
vpmaxsd xmm6, xmm15, [r9-128]
vpmaxsd xmm6, xmm15, [r9-132]
vpmaxsd xmm6, xmm15, [r10+127]
vpmaxsd xmm6, xmm15, [r10+8192]
vpmaxsd xmm6, xmm15, [r10+8128]
vpmaxsd xmm6, xmm15, [rax+rcx*4]
vpmaxsd xmm6, xmm15, [rbp+r9*8]
vpmaxsd xmm6, xmm15, [r13+r12*1-64]
vpmaxsd xmm6, xmm15, [rdx+r15*2+100000]
vpmaxsd ymm1, ymm6, ymm10
vpmaxsd ymm6, ymm10, ymm15
vpmaxsd ymm10, ymm15, ymm1
vpmaxsd ymm15, ymm1, ymm6
vpmaxsd ymm6, ymm15, [rax]
vpmaxsd ymm6, ymm15, [rbp]
vpmaxsd ymm6, ymm15, [rsp]
vpmaxsd ymm6, ymm15, [r12]
vpmaxsd ymm6, ymm15, [r13]
vpmaxsd ymm6, ymm15, [rsi+64]
vpmaxsd ymm6, ymm15, [rsi+4]
vpmaxsd ymm6, ymm15, [r9-128]
vpmaxsd ymm6, ymm15, [r9-132]
vpmaxsd ymm6, ymm15, [r10+127]
vpmaxsd ymm6, ymm15, [r10+8192]
vpmaxsd ymm6, ymm15, [r10+8128]
vpmaxsd ymm6, ymm15, [rax+rcx*4]
vpmaxsd ymm6, ymm15, [rbp+r9*8]
vpmaxsd ymm6, ymm15, [r13+r12*1-64]
vpmaxsd ymm6, ymm15, [rdx+r15*2+100000]
vpmaxsd zmm0, zmm7, zmm9
vpmaxsd zmm0{k1}, zmm7, zmm9
vpmaxsd zmm0{k7}{z}, zmm7, zmm9
vpmaxsd zmm7, zmm9, zmm17
vpmaxsd zmm7{k1}, zmm9, zmm17
vpmaxsd zmm7{k7}{z}, zmm9, zmm17
vpmaxsd zmm9, zmm17, zmm31
vpmaxsd zmm9{k1}, zmm17, zmm31
vpmaxsd zmm9{k7}{z}, zmm17, zmm31
vpmaxsd zmm17, zmm31, zmm0
vpmaxsd zmm17{k1}, zmm31, zmm0
vpmaxsd zmm17{k7}{z}, zmm31, zmm0
vpmaxsd zmm31, zmm0, zmm7
vpmaxsd zmm31{k1}, zmm0, zmm7
vpmaxsd zmm31{k7}{z}, zmm0, zmm7
vpmaxsd zmm7, zmm17, [rax]
vpmaxsd zmm7, zmm17, [rbp]
vpmaxsd zmm7, zmm17, [rsp]
vpmaxsd zmm7, zmm17, [r12]
vpmaxsd zmm7, zmm17, [r13]
vpmaxsd zmm7, zmm17, [rsi+64]
vpmaxsd zmm7, zmm17, [rsi+4]
vpmaxsd zmm7, zmm17, [r9-128]
vpmaxsd zmm7, zmm17, [r9-132]
vpmaxsd zmm7, zmm17, [r10+127]
vpmaxsd zmm7, zmm17, [r10+8192]
vpmaxsd zmm7, zmm17, [r10+8128]
vpmaxsd zmm7, zmm17, [rax+rcx*4]
vpmaxsd zmm7, zmm17, [rbp+r9*8]
vpmaxsd zmm7, zmm17, [r13+r12*1-64]
vpmaxsd zmm7, zmm17, [rdx+r15*2+100000]
vpmaxsd zmm30{k3}, zmm2, [r8+128]
vpmaxsd zmm30, zmm2, [r8+12]{1to16}
vpmaxsd zmm3, zmm2, [rsp+512]{1to16}
vpminsd xmm1, xmm6, xmm10
vpminsd xmm6, xmm10, xmm15
vpminsd xmm10, xmm15, xmm1
vpminsd xmm15, xmm1, xmm6
vpminsd xmm6, xmm15, [rax]
vpminsd xmm6, xmm15, [rbp]
vpminsd xmm6, xmm15, [rsp]
vpminsd xmm6, xmm15, [r12]
vpminsd xmm6, xmm15, [r13]
vpminsd xmm6, xmm15, [rsi+64]
vpminsd xmm6, xmm15, [rsi+4]
vpminsd xmm6, xmm15, [r9-128]
vpminsd xmm6, xmm15, [r9-132]
vpminsd xmm6, xmm15, [r10+127]
vpminsd xmm6, xmm15, [r10+8192]
vpminsd xmm6, xmm15, [r10+8128]
vpminsd xmm6, xmm15, [rax+rcx*4]
vpminsd xmm6, xmm15, [rbp+r9*8]
vpminsd xmm6, xmm15, [r13+r12*1-64]
vpminsd xmm6, xmm15, [rdx+r15*2+100000]
vpminsd ymm1, ymm6, ymm10
vpminsd ymm6, ymm10, ymm15
vpminsd ymm10, ymm15, ymm1
vpminsd ymm15, ymm1, ymm6
vpminsd ymm6, ymm15, [rax]
vpminsd ymm6, ymm15, [rbp]
vpminsd ymm6, ymm15, [rsp]
vpminsd ymm6, ymm15, [r12]
vpminsd ymm6, ymm15, [r13]
vpminsd ymm6, ymm15, [rsi+64]
vpminsd ymm6, ymm15, [rsi+4]
vpminsd ymm6, ymm15, [r9-128]
vpminsd ymm6, ymm15, [r9-132]
vpminsd ymm6, ymm15, [r10+127]
vpminsd ymm6, ymm15, [r10+8192]
vpminsd ymm6, ymm15, [r10+8128]
vpminsd ymm6, ymm15, [rax+rcx*4]
vpminsd ymm6, ymm15, [rbp+r9*8]
vpminsd ymm6, ymm15, [r13+r12*1-64]
vpminsd ymm6, ymm15, [rdx+r15*2+100000]
vpminsd zmm0, zmm7, zmm9
vpminsd zmm0{k1}, zmm7, zmm9
vpminsd zmm0{k7}{z}, zmm7, zmm9
vpminsd zmm7, zmm9, zmm17
vpminsd zmm7{k1}, zmm9, zmm17
vpminsd zmm7{k7}{z}, zmm9, zmm17
vpminsd zmm9, zmm17, zmm31
vpminsd zmm9{k1}, zmm17, zmm31
vpminsd zmm9{k7}{z}, zmm17, zmm31
vpminsd zmm17, zmm31, zmm0
vpminsd zmm17{k1}, zmm31, zmm0
vpminsd zmm17{k7}{z}, zmm31, zmm0
vpminsd zmm31, zmm0, zmm7
vpminsd zmm31{k1}, zmm0, zmm7
vpminsd zmm31{k7}{z}, zmm0, zmm7
vpminsd zmm7, zmm17, [rax]
vpminsd zmm7, zmm17, [rbp]
vpminsd zmm7, zmm17, [rsp]
vpminsd zmm7, zmm17, [r12]
vpminsd zmm7, zmm17, [r13]
vpminsd zmm7, zmm17, [rsi+64]
vpminsd zmm7, zmm17, [rsi+4]
vpminsd zmm7, zmm17, [r9-128]
vpminsd zmm7, zmm17, [r9-132]
vpminsd zmm7, zmm17, [r10+127]
vpminsd zmm7, zmm17, [r10+8192]
vpminsd zmm7, zmm17, [r10+8128]
vpminsd zmm7, zmm17, [rax+rcx*4]
vpminsd zmm7, zmm17, [rbp+r9*8]
vpminsd zmm7, zmm17, [r13+r12*1-64]
vpminsd zmm7, zmm17, [rdx+r15*2+100000]
vpminsd zmm30{k3}, zmm2, [r8+128]
vpminsd zmm30, zmm2, [r8+12]{1to16}
vpminsd zmm3, zmm2, [rsp+512]{1to16}
vpmovzxbd xmm1, xmm10
vpmovzxbd xmm6, xmm15
vpmovzxbd xmm10, xmm1
vpmovzxbd xmm15, xmm6
vpmovzxbd xmm6, [rax]
vpmovzxbd xmm6, [rbp]
vpmovzxbd xmm6, [rsp]
vpmovzxbd xmm6, [r12]
vpmovzxbd xmm6, [r13]
vpmovzxbd xmm6, [rsi+64]
vpmovzxbd xmm6, [rsi+4]
vpmovzxbd xmm6, [r9-128]
vpmovzxbd xmm6, [r9-132]
vpmovzxbd xmm6, [r10+127]
vpmovzxbd xmm6, [r10+8192]
vpmovzxbd xmm6, [r10+8128]
vpmovzxbd xmm6, [rax+rcx*4]
vpmovzxbd xmm6, [rbp+r9*8]
vpmovzxbd xmm6, [r13+r12*1-64]
vpmovzxbd xmm6, [rdx+r15*2+100000]
vpmovzxbd ymm1, xmm10
vpmovzxbd ymm6, xmm15
vpmovzxbd ymm10, xmm1
vpmovzxbd ymm15, xmm6
vpmovzxbd ymm6, [rax]
vpmovzxbd ymm6, [rbp]
vpmovzxbd ymm6, [rsp]
vpmovzxbd ymm6, [r12]
vpmovzxbd ymm6, [r13]
vpmovzxbd ymm6, [rsi+64]
vpmovzxbd ymm6, [rsi+4]
vpmovzxbd ymm6, [r9-128]
vpmovzxbd ymm6, [r9-132]
vpmovzxbd ymm6, [r10+127]
vpmovzxbd ymm6, [r10+8192]
vpmovzxbd ymm6, [r10+8128]
vpmovzxbd ymm6, [rax+rcx*4]
vpmovzxbd ymm6, [rbp+r9*8]
vpmovzxbd ymm6, [r13+r12*1-64]
vpmovzxbd ymm6, [rdx+r15*2+100000]
vpmovzxbd zmm0, xmm9
vpmovzxbd zmm0{k1}, xmm9
vpmovzxbd zmm0{k7}{z}, xmm9
vpmovzxbd zmm7, xmm17
vpmovzxbd zmm7{k1}, xmm17
vpmovzxbd zmm7{k7}{z}, xmm17
vpmovzxbd zmm9, xmm31
vpmovzxbd zmm9{k1}, xmm31
vpmovzxbd zmm9{k7}{z}, xmm31
vpmovzxbd zmm17, xmm0
vpmovzxbd zmm17{k1}, xmm0
vpmovzxbd zmm17{k7}{z}, xmm0
vpmovzxbd zmm31, xmm7
vpmovzxbd zmm31{k1}, xmm7
vpmovzxbd zmm31{k7}{z}, xmm7
vpmovzxbd zmm7, [rax]
vpmovzxbd zmm7, [rbp]
vpmovzxbd zmm7, [rsp]
vpmovzxbd zmm7, [r12]
vpmovzxbd zmm7, [r13]
vpmovzxbd zmm7, [rsi+64]
vpmovzxbd zmm7, [rsi+4]
vpmovzxbd zmm7, [r9-128]
vpmovzxbd zmm7, [r9-132]
vpmovzxbd zmm7, [r10+127]
vpmovzxbd zmm7, [r10+8192]
vpmovzxbd zmm7, [r10+8128]
vpmovzxbd zmm7, [rax+rcx*4]
vpmovzxbd zmm7, [rbp+r9*8]
vpmovzxbd zmm7, [r13+r12*1-64]
vpmovzxbd zmm7, [rdx+r15*2+100000]
vpmovzxbd zmm30{k3}, [r8+128]
vpmovsxbd xmm1, xmm10
vpmovsxbd xmm6, xmm15
vpmovsxbd xmm10, xmm1
vpmovsxbd xmm15, xmm6
vpmovsxbd xmm6, [rax]
vpmovsxbd xmm6, [rbp]
vpmovsxbd xmm6, [rsp]
vpmovsxbd xmm6, [r12]
vpmovsxbd xmm6, [r13]
vpmovsxbd xmm6, [rsi+64]
vpmovsxbd xmm6, [rsi+4]
vpmovsxbd xmm6, [r9-128]
vpmovsxbd xmm6, [r9-132]
vpmovsxbd xmm6, [r10+127]
vpmovsxbd xmm6, [r10+8192]
vpmovsxbd xmm6, [r10+8128]
vpmovsxbd xmm6, [rax+rcx*4]
vpmovsxbd xmm6, [rbp+r9*8]
vpmovsxbd xmm6, [r13+r12*1-64]
vpmovsxbd xmm6, [rdx+r15*2+100000]
vpmovsxbd ymm1, xmm10
vpmovsxbd ymm6, xmm15
vpmovsxbd ymm10, xmm1
vpmovsxbd ymm15, xmm6
vpmovsxbd ymm6, [rax]
vpmovsxbd ymm6, [rbp]
vpmovsxbd ymm6, [rsp]
vpmovsxbd ymm6, [r12]
vpmovsxbd ymm6, [r13]
vpmovsxbd ymm6, [rsi+64]
vpmovsxbd ymm6, [rsi+4]
vpmovsxbd ymm6, [r9-128]
vpmovsxbd ymm6, [r9-132]
vpmovsxbd ymm6, [r10+127]
vpmovsxbd ymm6, [r10+8192]
vpmovsxbd ymm6, [r10+8128]
vpmovsxbd ymm6, [rax+rcx*4]
vpmovsxbd ymm6, [rbp+r9*8]
vpmovsxbd ymm6, [r13+r12*1-64]
vpmovsxbd ymm6, [rdx+r15*2+100000]
vpmovsxbd zmm0, xmm9
vpmovsxbd zmm0{k1}, xmm9
vpmovsxbd zmm0{k7}{z}, xmm9
vpmovsxbd zmm7, xmm17
vpmovsxbd zmm7{k1}, xmm17
vpmovsxbd zmm7{k7}{z}, xmm17
vpmovsxbd zmm9, xmm31
vpmovsxbd zmm9{k1}, xmm31
vpmovsxbd zmm9{k7}{z}, xmm31
vpmovsxbd zmm17, xmm0
vpmovsxbd zmm17{k1}, xmm0
vpmovsxbd zmm17{k7}{z}, xmm0
vpmovsxbd zmm31, xmm7
vpmovsxbd zmm31{k1}, xmm7
vpmovsxbd zmm31{k7}{z}, xmm7
vpmovsxbd zmm7, [rax]
vpmovsxbd zmm7, [rbp]
vpmovsxbd zmm7, [rsp]
vpmovsxbd zmm7, [r12]
vpmovsxbd zmm7, [r13]
vpmovsxbd zmm7, [rsi+64]
vpmovsxbd zmm7, [rsi+4]
vpmovsxbd zmm7, [r9-128]
vpmovsxbd zmm7, [r9-132]
vpmovsxbd zmm7, [r10+127]
vpmovsxbd zmm7, [r10+8192]
vpmovsxbd zmm7, [r10+8128]
vpmovsxbd zmm7, [rax+rcx*4]
vpmovsxbd zmm7, [rbp+r9*8]
vpmovsxbd zmm7, [r13+r12*1-64]
vpmovsxbd zmm7, [rdx+r15*2+100000]
vpmovsxbd zmm30{k3}, [r8+128]
vpmovzxbw xmm1, xmm10
vpmovzxbw xmm6, xmm15
vpmovzxbw xmm10, xmm1
vpmovzxbw xmm15, xmm6
vpmovzxbw xmm6, [rax]
vpmovzxbw xmm6, [rbp]
vpmovzxbw xmm6, [rsp]
vpmovzxbw xmm6, [r12]
vpmovzxbw xmm6, [r13]
vpmovzxbw xmm6, [rsi+64]
vpmovzxbw xmm6, [rsi+4]
vpmovzxbw xmm6, [r9-128]
vpmovzxbw xmm6, [r9-132]
vpmovzxbw xmm6, [r10+127]
vpmovzxbw xmm6, [r10+8192]
vpmovzxbw xmm6, [r10+8128]
vpmovzxbw xmm6, [rax+rcx*4]
vpmovzxbw xmm6, [rbp+r9*8]
vpmovzxbw xmm6, [r13+r12*1-64]
vpmovzxbw xmm6, [rdx+r15*2+100000]
vpmovzxbw ymm1, xmm10
vpmovzxbw ymm6, xmm15
vpmovzxbw ymm10, xmm1
vpmovzxbw ymm15, xmm6
vpmovzxbw ymm6, [rax]
vpmovzxbw ymm6, [rbp]
vpmovzxbw ymm6, [rsp]
vpmovzxbw ymm6, [r12]
vpmovzxbw ymm6, [r13]
vpmovzxbw ymm6, [rsi+64]
vpmovzxbw ymm6, [rsi+4]
vpmovzxbw ymm6, [r9-128]
vpmovzxbw ymm6, [r9-132]
vpmovzxbw ymm6, [r10+127]
vpmovzxbw ymm6, [r10+8192]
vpmovzxbw ymm6, [r10+8128]
vpmovzxbw ymm6, [rax+rcx*4]
vpmovzxbw ymm6, [rbp+r9*8]
vpmovzxbw ymm6, [r13+r12*1-64]
vpmovzxbw ymm6, [rdx+r15*2+100000]
vpmovzxbw zmm0, ymm9
vpmovzxbw zmm0{k1}, ymm9
vpmovzxbw zmm0{k7}{z}, ymm9
vpmovzxbw zmm7, ymm17
vpmovzxbw zmm7{k1}, ymm17
vpmovzxbw zmm7{k7}{z}, ymm17
vpmovzxbw zmm9, ymm31
vpmovzxbw zmm9{k1}, ymm31
vpmovzxbw zmm9{k7}{z}, ymm31
vpmovzxbw zmm17, ymm0
vpmovzxbw zmm17{k1}, ymm0
vpmovzxbw zmm17{k7}{z}, ymm0
vpmovzxbw zmm31, ymm7
vpmovzxbw zmm31{k1}, ymm7
vpmovzxbw zmm31{k7}{z}, ymm7
vpmovzxbw zmm7, [rax]
vpmovzxbw zmm7, [rbp]
vpmovzxbw zmm7, [rsp]
vpmovzxbw zmm7, [r12]
vpmovzxbw zmm7, [r13]
vpmovzxbw zmm7, [rsi+64]
vpmovzxbw zmm7, [rsi+4]
vpmovzxbw zmm7, [r9-128]
vpmovzxbw zmm7, [r9-132]
vpmovzxbw zmm7, [r10+127]
vpmovzxbw zmm7, [r10+8192]
vpmovzxbw zmm7, [r10+8128]
vpmovzxbw zmm7, [rax+rcx*4]
vpmovzxbw zmm7, [rbp+r9*8]
vpmovzxbw zmm7, [r13+r12*1-64]
vpmovzxbw zmm7, [rdx+r15*2+100000]
vpmovzxbw zmm30{k3}, [r8+128]
vpmovsxbw xmm1, xmm10
vpmovsxbw xmm6, xmm15
vpmovsxbw xmm10, xmm1
vpmovsxbw xmm15, xmm6
vpmovsxbw xmm6, [rax]
vpmovsxbw xmm6, [rbp]
vpmovsxbw xmm6, [rsp]
vpmovsxbw xmm6, [r12]
vpmovsxbw xmm6, [r13]
vpmovsxbw xmm6, [rsi+64]
vpmovsxbw xmm6, [rsi+4]
vpmovsxbw xmm6, [r9-128]
vpmovsxbw xmm6, [r9-132]
vpmovsxbw xmm6, [r10+127]
vpmovsxbw xmm6, [r10+8192]
vpmovsxbw xmm6, [r10+8128]
vpmovsxbw xmm6, [rax+rcx*4]
vpmovsxbw xmm6, [rbp+r9*8]
vpmovsxbw xmm6, [r13+r12*1-64]
vpmovsxbw xmm6, [rdx+r15*2+100000]
vpmovsxbw ymm1, xmm10
vpmovsxbw ymm6, xmm15
vpmovsxbw ymm10, xmm1
vpmovsxbw ymm15, xmm6
vpmovsxbw ymm6, [rax]
vpmovsxbw ymm6, [rbp]
vpmovsxbw ymm6, [rsp]
vpmovsxbw ymm6, [r12]
vpmovsxbw ymm6, [r13]
vpmovsxbw ymm6, [rsi+64]
vpmovsxbw ymm6, [rsi+4]
vpmovsxbw ymm6, [r9-128]
vpmovsxbw ymm6, [r9-132]
vpmovsxbw ymm6, [r10+127]
vpmovsxbw ymm6, [r10+8192]
vpmovsxbw ymm6, [r10+8128]
vpmovsxbw ymm6, [rax+rcx*4]
vpmovsxbw ymm6, [rbp+r9*8]
vpmovsxbw ymm6, [r13+r12*1-64]
vpmovsxbw ymm6, [rdx+r15*2+100000]
vpmovsxbw zmm0, ymm9
vpmovsxbw zmm0{k1}, ymm9
vpmovsxbw zmm0{k7}{z}, ymm9
vpmovsxbw zmm7, ymm17
vpmovsxbw zmm7{k1}, ymm17
vpmovsxbw zmm7{k7}{z}, ymm17
vpmovsxbw zmm9, ymm31
vpmovsxbw zmm9{k1}, ymm31
vpmovsxbw zmm9{k7}{z}, ymm31
vpmovsxbw zmm17, ymm0
vpmovsxbw zmm17{k1}, ymm0
vpmovsxbw zmm17{k7}{z}, ymm0
vpmovsxbw zmm31, ymm7
vpmovsxbw zmm31{k1}, ymm7
vpmovsxbw zmm31{k7}{z}, ymm7
vpmovsxbw zmm7, [rax]
vpmovsxbw zmm7, [rbp]
vpmovsxbw zmm7, [rsp]
vpmovsxbw zmm7, [r12]
vpmovsxbw zmm7, [r13]
vpmovsxbw zmm7, [rsi+64]
vpmovsxbw zmm7, [rsi+4]
vpmovsxbw zmm7, [r9-128]
vpmovsxbw zmm7, [r9-132]
vpmovsxbw zmm7, [r10+127]
vpmovsxbw zmm7, [r10+8192]
vpmovsxbw zmm7, [r10+8128]
vpmovsxbw zmm7, [rax+rcx*4]
vpmovsxbw zmm7, [rbp+r9*8]
vpmovsxbw zmm7, [r13+r12*1-64]
vpmovsxbw zmm7, [rdx+r15*2+100000]
vpmovsxbw zmm30{k3}, [r8+128]
vpmovzxwd xmm1, xmm10
vpmovzxwd xmm6, xmm15
vpmovzxwd xmm10, xmm1
vpmovzxwd xmm15, xmm6
vpmovzxwd xmm6, [rax]
vpmovzxwd xmm6, [rbp]
vpmovzxwd xmm6, [rsp]
vpmovzxwd xmm6, [r12]
vpmovzxwd xmm6, [r13]
vpmovzxwd xmm6, [rsi+64]
vpmovzxwd xmm6, [rsi+4]
vpmovzxwd xmm6, [r9-128]
vpmovzxwd xmm6, [r9-132]
vpmovzxwd xmm6, [r10+127]
vpmovzxwd xmm6, [r10+8192]
vpmovzxwd xmm6, [r10+8128]
vpmovzxwd xmm6, [rax+rcx*4]
vpmovzxwd xmm6, [rbp+r9*8]
vpmovzxwd xmm6, [r13+r12*1-64]
vpmovzxwd xmm6, [rdx+r15*2+100000]
vpmovzxwd ymm1, xmm10
vpmovzxwd ymm6, xmm15
vpmovzxwd ymm10, xmm1
vpmovzxwd ymm15, xmm6
vpmovzxwd ymm6, [rax]
vpmovzxwd ymm6, [rbp]
vpmovzxwd ymm6, [rsp]
vpmovzxwd ymm6, [r12]
vpmovzxwd ymm6, [r13]
vpmovzxwd ymm6, [rsi+64]
vpmovzxwd ymm6, [rsi+4]
vpmovzxwd ymm6, [r9-128]
vpmovzxwd ymm6, [r9-132]
vpmovzxwd ymm6, [r10+127]
vpmovzxwd ymm6, [r10+8192]
vpmovzxwd ymm6, [r10+8128]
vpmovzxwd ymm6, [rax+rcx*4]
vpmovzxwd ymm6, [rbp+r9*8]
vpmovzxwd ymm6, [r13+r12*1-64]
vpmovzxwd ymm6, [rdx+r15*2+100000]
vpmovzxwd zmm0, ymm9
vpmovzxwd zmm0{k1}, ymm9
vpmovzxwd zmm0{k7}{z}, ymm9
vpmovzxwd zmm7, ymm17
vpmovzxwd zmm7{k1}, ymm17
vpmovzxwd zmm7{k7}{z}, ymm17
vpmovzxwd zmm9, ymm31
vpmovzxwd zmm9{k1}, ymm31
vpmovzxwd zmm9{k7}{z}, ymm31
vpmovzxwd zmm17, ymm0
vpmovzxwd zmm17{k1}, ymm0
vpmovzxwd zmm17{k7}{z}, ymm0
vpmovzxwd zmm31, ymm7
vpmovzxwd zmm31{k1}, ymm7
vpmovzxwd zmm31{k7}{z}, ymm7
vpmovzxwd zmm7, [rax]
vpmovzxwd zmm7, [rbp]
vpmovzxwd zmm7, [rsp]
vpmovzxwd zmm7, [r12]
vpmovzxwd zmm7, [r13]
vpmovzxwd zmm7, [rsi+64]
vpmovzxwd zmm7, [rsi+4]
vpmovzxwd zmm7, [r9-128]
vpmovzxwd zmm7, [r9-132]
vpmovzxwd zmm7, [r10+127]
vpmovzxwd zmm7, [r10+8192]
vpmovzxwd zmm7, [r10+8128]
vpmovzxwd zmm7, [rax+rcx*4]
vpmovzxwd zmm7, [rbp+r9*8]
vpmovzxwd zmm7, [r13+r12*1-64]
vpmovzxwd zmm7, [rdx+r15*2+100000]
vpmovzxwd zmm30{k3}, [r8+128]
vpmovdw xmm10, xmm1
vpmovdw xmm15, xmm6
vpmovdw xmm1, xmm10
vpmovdw xmm6, xmm15
vpmovdw [rax], xmm6
vpmovdw [rbp], xmm6
vpmovdw [rsp], xmm6
vpmovdw [r12], xmm6
vpmovdw [r13], xmm6
vpmovdw [rsi+64], xmm6
vpmovdw [rsi+4], xmm6
vpmovdw [r9-128], xmm6
vpmovdw [r9-132], xmm6
vpmovdw [r10+127], xmm6
vpmovdw [r10+8192], xmm6
vpmovdw [r10+8128], xmm6
vpmovdw [rax+rcx*4], xmm6
vpmovdw [rbp+r9*8], xmm6
vpmovdw [r13+r12*1-64], xmm6
vpmovdw [rdx+r15*2+100000], xmm6
vpmovdw xmm10, ymm1
vpmovdw xmm15, ymm6
vpmovdw xmm1, ymm10
vpmovdw xmm6, ymm15
vpmovdw [rax], ymm6
vpmovdw [rbp], ymm6
vpmovdw [rsp], ymm6
vpmovdw [r12], ymm6
vpmovdw [r13], ymm6
vpmovdw [rsi+64], ymm6
vpmovdw [rsi+4], ymm6
vpmovdw [r9-128], ymm6
vpmovdw [r9-132], ymm6
vpmovdw [r10+127], ymm6
vpmovdw [r10+8192], ymm6
vpmovdw [r10+8128], ymm6
vpmovdw [rax+rcx*4], ymm6
vpmovdw [rbp+r9*8], ymm6
vpmovdw [r13+r12*1-64], ymm6
vpmovdw [rdx+r15*2+100000], ymm6
vpmovdw ymm9, zmm0
vpmovdw ymm9{k1}, zmm0
vpmovdw ymm17, zmm7
vpmovdw ymm17{k1}, zmm7
vpmovdw ymm31, zmm9
vpmovdw ymm31{k1}, zmm9
vpmovdw ymm0, zmm17
vpmovdw ymm0{k1}, zmm17
vpmovdw ymm7, zmm31
vpmovdw ymm7{k1}, zmm31
vpmovdw [rax], zmm7
vpmovdw [rbp], zmm7
vpmovdw [rsp], zmm7
vpmovdw [r12], zmm7
vpmovdw [r13], zmm7
vpmovdw [rsi+64], zmm7
vpmovdw [rsi+4], zmm7
vpmovdw [r9-128], zmm7
vpmovdw [r9-132], zmm7
vpmovdw [r10+127], zmm7
vpmovdw [r10+8192], zmm7
vpmovdw [r10+8128], zmm7
vpmovdw [rax+rcx*4], zmm7
vpmovdw [rbp+r9*8], zmm7
vpmovdw [r13+r12*1-64], zmm7
vpmovdw [rdx+r15*2+100000], zmm7
vpmovdw [r8+128]{k3}, zmm30
vpmovsdb xmm10, xmm1
vpmovsdb xmm15, xmm6
vpmovsdb xmm1, xmm10
vpmovsdb xmm6, xmm15
vpmovsdb [rax], xmm6
vpmovsdb [rbp], xmm6
vpmovsdb [rsp], xmm6
vpmovsdb [r12], xmm6
vpmovsdb [r13], xmm6
vpmovsdb [rsi+64], xmm6
vpmovsdb [rsi+4], xmm6
vpmovsdb [r9-128], xmm6
vpmovsdb [r9-132], xmm6
vpmovsdb [r10+127], xmm6
vpmovsdb [r10+8192], xmm6
vpmovsdb [r10+8128], xmm6
vpmovsdb [rax+rcx*4], xmm6
vpmovsdb [rbp+r9*8], xmm6
vpmovsdb [r13+r12*1-64], xmm6
vpmovsdb [rdx+r15*2+100000], xmm6
vpmovsdb xmm10, ymm1
vpmovsdb xmm15, ymm6
vpmovsdb xmm1, ymm10
vpmovsdb xmm6, ymm15
vpmovsdb [rax], ymm6
vpmovsdb [rbp], ymm6
vpmovsdb [rsp], ymm6
vpmovsdb [r12], ymm6
vpmovsdb [r13], ymm6
vpmovsdb [rsi+64], ymm6
vpmovsdb [rsi+4], ymm6
vpmovsdb [r9-128], ymm6
vpmovsdb [r9-132], ymm6
vpmovsdb [r10+127], ymm6
vpmovsdb [r10+8192], ymm6
vpmovsdb [r10+8128], ymm6
vpmovsdb [rax+rcx*4], ymm6
vpmovsdb [rbp+r9*8], ymm6
vpmovsdb [r13+r12*1-64], ymm6
vpmovsdb [rdx+r15*2+100000], ymm6
vpmovsdb xmm9, zmm0
vpmovsdb xmm9{k1}, zmm0
vpmovsdb xmm17, zmm7
vpmovsdb xmm17{k1}, zmm7
vpmovsdb xmm31, zmm9
vpmovsdb xmm31{k1}, zmm9
vpmovsdb xmm0, zmm17
vpmovsdb xmm0{k1}, zmm17
vpmovsdb xmm7, zmm31
vpmovsdb xmm7{k1}, zmm31
vpmovsdb [rax], zmm7
vpmovsdb [rbp], zmm7
vpmovsdb [rsp], zmm7
vpmovsdb [r12], zmm7
vpmovsdb [r13], zmm7
vpmovsdb [rsi+64], zmm7
vpmovsdb [rsi+4], zmm7
vpmovsdb [r9-128], zmm7
vpmovsdb [r9-132], zmm7
vpmovsdb [r10+127], zmm7
vpmovsdb [r10+8192], zmm7
vpmovsdb [r10+8128], zmm7
vpmovsdb [rax+rcx*4], zmm7
vpmovsdb [rbp+r9*8], zmm7
vpmovsdb [r13+r12*1-64], zmm7
vpmovsdb [rdx+r15*2+100000], zmm7
vpmovsdb [r8+128]{k3}, zmm30
vpshufb xmm1, xmm6, xmm10
vpshufb xmm6, xmm10, xmm15
vpshufb xmm10, xmm15, xmm1
vpshufb xmm15, xmm1, xmm6
vpshufb xmm6, xmm15, [rax]
vpshufb xmm6, xmm15, [rbp]
vpshufb xmm6, xmm15, [rsp]
vpshufb xmm6, xmm15, [r12]
vpshufb xmm6, xmm15, [r13]
vpshufb xmm6, xmm15, [rsi+64]
vpshufb xmm6, xmm15, [rsi+4]
vpshufb xmm6, xmm15, [r9-128]
vpshufb xmm6, xmm15, [r9-132]
vpshufb xmm6, xmm15, [r10+127]
vpshufb xmm6, xmm15, [r10+8192]
vpshufb xmm6, xmm15, [r10+8128]
vpshufb xmm6, xmm15, [rax+rcx*4]
vpshufb xmm6, xmm15, [rbp+r9*8]
vpshufb xmm6, xmm15, [r13+r12*1-64]
vpshufb xmm6, xmm15, [rdx+r15*2+100000]
vpshufb ymm1, ymm6, ymm10
vpshufb ymm6, ymm10, ymm15
vpshufb ymm10, ymm15, ymm1
vpshufb ymm15, ymm1, ymm6
vpshufb ymm6, ymm15, [rax]
vpshufb ymm6, ymm15, [rbp]
vpshufb ymm6, ymm15, [rsp]
vpshufb ymm6, ymm15, [r12]
vpshufb ymm6, ymm15, [r13]
vpshufb ymm6, ymm15, [rsi+64]
vpshufb ymm6, ymm15, [rsi+4]
vpshufb ymm6, ymm15, [r9-128]
vpshufb ymm6, ymm15, [r9-132]
vpshufb ymm6, ymm15, [r10+127]
vpshufb ymm6, ymm15, [r10+8192]
vpshufb ymm6, ymm15, [r10+8128]
vpshufb ymm6, ymm15, [rax+rcx*4]
vpshufb ymm6, ymm15, [rbp+r9*8]
vpshufb ymm6, ymm15, [r13+r12*1-64]
vpshufb ymm6, ymm15, [rdx+r15*2+100000]
vpshufb zmm0, zmm7, zmm9
vpshufb zmm0{k1}, zmm7, zmm9
vpshufb zmm0{k7}{z}, zmm7, zmm9
vpshufb zmm7, zmm9, zmm17
vpshufb zmm7{k1}, zmm9, zmm17
vpshufb zmm7{k7}{z}, zmm9, zmm17
vpshufb zmm9, zmm17, zmm31
vpshufb zmm9{k1}, zmm17, zmm31
vpshufb zmm9{k7}{z}, zmm17, zmm31
vpshufb zmm17, zmm31, zmm0
vpshufb zmm17{k1}, zmm31, zmm0
vpshufb zmm17{k7}{z}, zmm31, zmm0
vpshufb zmm31, zmm0, zmm7
vpshufb zmm31{k1}, zmm0, zmm7
vpshufb zmm31{k7}{z}, zmm0, zmm7
vpshufb zmm7, zmm17, [rax]
vpshufb zmm7, zmm17, [rbp]
vpshufb zmm7, zmm17, [rsp]
vpshufb zmm7, zmm17, [r12]
vpshufb zmm7, zmm17, [r13]
vpshufb zmm7, zmm17, [rsi+64]
vpshufb zmm7, zmm17, [rsi+4]
vpshufb zmm7, zmm17, [r9-128]
vpshufb zmm7, zmm17, [r9-132]
vpshufb zmm7, zmm17, [r10+127]
vpshufb zmm7, zmm17, [r10+8192]
vpshufb zmm7, zmm17, [r10+8128]
vpshufb zmm7, zmm17, [rax+rcx*4]
vpshufb zmm7, zmm17, [rbp+r9*8]
vpshufb zmm7, zmm17, [r13+r12*1-64]
vpshufb zmm7, zmm17, [rdx+r15*2+100000]
vpshufb zmm30{k3}, zmm2, [r8+128]
vpshufd xmm1, xmm10, 3
vpshufd xmm6, xmm15, 3
vpshufd xmm10, xmm1, 3
vpshufd xmm15, xmm6, 3
vpshufd xmm6, [rax], 3
vpshufd xmm6, [rbp], 3
vpshufd xmm6, [rsp], 3
vpshufd xmm6, [r12], 3
vpshufd xmm6, [r13], 3
vpshufd xmm6, [rsi+64], 3
vpshufd xmm6, [rsi+4], 3
vpshufd xmm6, [r9-128], 3
vpshufd xmm6, [r9-132], 3
vpshufd xmm6, [r10+127], 3
vpshufd xmm6, [r10+8192], 3
vpshufd xmm6, [r10+8128], 3
vpshufd xmm6, [rax+rcx*4], 3
vpshufd xmm6, [rbp+r9*8], 3
vpshufd xmm6, [r13+r12*1-64], 3
vpshufd xmm6, [rdx+r15*2+100000], 3
vpshufd ymm1, ymm10, 3
vpshufd ymm6, ymm15, 3
vpshufd ymm10, ymm1, 3
vpshufd ymm15, ymm6, 3
vpshufd ymm6, [rax], 3
vpshufd ymm6, [rbp], 3
vpshufd ymm6, [rsp], 3
vpshufd ymm6, [r12], 3
vpshufd ymm6, [r13], 3
vpshufd ymm6, [rsi+64], 3
vpshufd ymm6, [rsi+4], 3
vpshufd ymm6, [r9-128], 3
vpshufd ymm6, [r9-132], 3
vpshufd ymm6, [r10+127], 3
vpshufd ymm6, [r10+8192], 3
vpshufd ymm6, [r10+8128], 3
vpshufd ymm6, [rax+rcx*4], 3
vpshufd ymm6, [rbp+r9*8], 3
vpshufd ymm6, [r13+r12*1-64], 3
vpshufd ymm6, [rdx+r15*2+100000], 3
vpshufd zmm0, zmm9, 3
vpshufd zmm0{k1}, zmm9, 3
vpshufd zmm0{k7}{z}, zmm9, 3
vpshufd zmm7, zmm17, 3
vpshufd zmm7{k1}, zmm17, 3
vpshufd zmm7{k7}{z}, zmm17, 3
vpshufd zmm9, zmm31, 3
vpshufd zmm9{k1}, zmm31, 3
vpshufd zmm9{k7}{z}, zmm31, 3
vpshufd zmm17, zmm0, 3
vpshufd zmm17{k1}, zmm0, 3
vpshufd zmm17{k7}{z}, zmm0, 3
vpshufd zmm31, zmm7, 3
vpshufd zmm31{k1}, zmm7, 3
vpshufd zmm31{k7}{z}, zmm7, 3
vpshufd zmm7, [rax], 3
vpshufd zmm7, [rbp], 3
vpshufd zmm7, [rsp], 3
vpshufd zmm7, [r12], 3
vpshufd zmm7, [r13], 3
vpshufd zmm7, [rsi+64], 3
vpshufd zmm7, [rsi+4], 3
vpshufd zmm7, [r9-128], 3
vpshufd zmm7, [r9-132], 3
vpshufd zmm7, [r10+127], 3
vpshufd zmm7, [r10+8192], 3
vpshufd zmm7, [r10+8128], 3
vpshufd zmm7, [rax+rcx*4], 3
vpshufd zmm7, [rbp+r9*8], 3
vpshufd zmm7, [r13+r12*1-64], 3
vpshufd zmm7, [rdx+r15*2+100000], 3
vpshufd zmm30{k3}, [r8+128], 3
vpshufd zmm30, [r8+12]{1to16}, 3
vpshufd zmm3, [rsp+512]{1to16}, 3
vshufps xmm1, xmm6, xmm10, 1
vshufps xmm6, xmm10, xmm15, 1
vshufps xmm10, xmm15, xmm1, 1
vshufps xmm15, xmm1, xmm6, 1
vshufps xmm6, xmm15, [rax], 1
vshufps xmm6, xmm15, [rbp], 1
vshufps xmm6, xmm15, [rsp], 1
vshufps xmm6, xmm15, [r12], 1
vshufps xmm6, xmm15, [r13], 1
vshufps xmm6, xmm15, [rsi+64], 1
vshufps xmm6, xmm15, [rsi+4], 1
vshufps xmm6, xmm15, [r9-128], 1
vshufps xmm6, xmm15, [r9-132], 1
vshufps xmm6, xmm15, [r10+127], 1
vshufps xmm6, xmm15, [r10+8192], 1
vshufps xmm6, xmm15, [r10+8128], 1
vshufps xmm6, xmm15, [rax+rcx*4], 1
vshufps xmm6, xmm15, [rbp+r9*8], 1
vshufps xmm6, xmm15, [r13+r12*1-64], 1
vshufps xmm6, xmm15, [rdx+r15*2+100000], 1
vshufps ymm1, ymm6, ymm10, 1
vshufps ymm6, ymm10, ymm15, 1
vshufps ymm10, ymm15, ymm1, 1
vshufps ymm15, ymm1, ymm6, 1
vshufps ymm6, ymm15, [rax], 1
vshufps ymm6, ymm15, [rbp], 1
vshufps ymm6, ymm15, [rsp], 1
vshufps ymm6, ymm15, [r12], 1
vshufps ymm6, ymm15, [r13], 1
vshufps ymm6, ymm15, [rsi+64], 1
vshufps ymm6, ymm15, [rsi+4], 1
vshufps ymm6, ymm15, [r9-128], 1
vshufps ymm6, ymm15, [r9-132], 1
vshufps ymm6, ymm15, [r10+127], 1
vshufps ymm6, ymm15, [r10+8192], 1
vshufps ymm6, ymm15, [r10+8128], 1
vshufps ymm6, ymm15, [rax+rcx*4], 1
vshufps ymm6, ymm15, [rbp+r9*8], 1
vshufps ymm6, ymm15, [r13+r12*1-64], 1
vshufps ymm6, ymm15, [rdx+r15*2+100000], 1
vshufps zmm0, zmm7, zmm9, 1
vshufps zmm0{k1}, zmm7, zmm9, 1
vshufps zmm0{k7}{z}, zmm7, zmm9, 1
vshufps zmm7, zmm9, zmm17, 1
vshufps zmm7{k1}, zmm9, zmm17, 1
vshufps zmm7{k7}{z}, zmm9, zmm17, 1
vshufps zmm9, zmm17, zmm31, 1
vshufps zmm9{k1}, zmm17, zmm31, 1
vshufps zmm9{k7}{z}, zmm17, zmm31, 1
vshufps zmm17, zmm31, zmm0, 1
vshufps zmm17{k1}, zmm31, zmm0, 1
vshufps zmm17{k7}{z}, zmm31, zmm0, 1
vshufps zmm31, zmm0, zmm7, 1
vshufps zmm31{k1}, zmm0, zmm7, 1
vshufps zmm31{k7}{z}, zmm0, zmm7, 1
vshufps zmm7, zmm17, [rax], 1
vshufps zmm7, zmm17, [rbp], 1
vshufps zmm7, zmm17, [rsp], 1
vshufps zmm7, zmm17, [r12], 1
vshufps zmm7, zmm17, [r13], 1
vshufps zmm7, zmm17, [rsi+64], 1
vshufps zmm7, zmm17, [rsi+4], 1
vshufps zmm7, zmm17, [r9-128], 1
vshufps zmm7, zmm17, [r9-132], 1
vshufps zmm7, zmm17, [r10+127], 1
vshufps zmm7, zmm17, [r10+8192], 1
vshufps zmm7, zmm17, [r10+8128], 1
vshufps zmm7, zmm17, [rax+rcx*4], 1
vshufps zmm7, zmm17, [rbp+r9*8], 1
vshufps zmm7, zmm17, [r13+r12*1-64], 1
vshufps zmm7, zmm17, [rdx+r15*2+100000], 1
vshufps zmm30{k3}, zmm2, [r8+128], 1
vshufps zmm30, zmm2, [r8+12]{1to16}, 1
vshufps zmm3, zmm2, [rsp+512]{1to16}, 1
vpermilps xmm1, xmm10, 3
vpermilps xmm6, xmm15, 3
vpermilps xmm10, xmm1, 3
vpermilps xmm15, xmm6, 3
vpermilps xmm6, [rax], 3
vpermilps xmm6, [rbp], 3
vpermilps xmm6, [rsp], 3
vpermilps xmm6, [r12], 3
vpermilps xmm6, [r13], 3
vpermilps xmm6, [rsi+64], 3
vpermilps xmm6, [rsi+4], 3
vpermilps xmm6, [r9-128], 3
vpermilps xmm6, [r9-132], 3
vpermilps xmm6, [r10+127], 3
vpermilps xmm6, [r10+8192], 3
vpermilps xmm6, [r10+8128], 3
vpermilps xmm6, [rax+rcx*4], 3
vpermilps xmm6, [rbp+r9*8], 3
vpermilps xmm6, [r13+r12*1-64], 3
vpermilps xmm6, [rdx+r15*2+100000], 3
vpermilps ymm1, ymm10, 3
vpermilps ymm6, ymm15, 3
vpermilps ymm10, ymm1, 3
vpermilps ymm15, ymm6, 3
vpermilps ymm6, [rax], 3
vpermilps ymm6, [rbp], 3
vpermilps ymm6, [rsp], 3
vpermilps ymm6, [r12], 3
vpermilps ymm6, [r13], 3
vpermilps ymm6, [rsi+64], 3
vpermilps ymm6, [rsi+4], 3
vpermilps ymm6, [r9-128], 3
vpermilps ymm6, [r9-132], 3
vpermilps ymm6, [r10+127], 3
vpermilps ymm6, [r10+8192], 3
vpermilps ymm6, [r10+8128], 3
vpermilps ymm6, [rax+rcx*4], 3
vpermilps ymm6, [rbp+r9*8], 3
vpermilps ymm6, [r13+r12*1-64], 3
vpermilps ymm6, [rdx+r15*2+100000], 3
vpermilps zmm0, zmm9, 3
vpermilps zmm0{k1}, zmm9, 3
vpermilps zmm0{k7}{z}, zmm9, 3
vpermilps zmm7, zmm17, 3
vpermilps zmm7{k1}, zmm17, 3
vpermilps zmm7{k7}{z}, zmm17, 3
vpermilps zmm9, zmm31, 3
vpermilps zmm9{k1}, zmm31, 3
vpermilps zmm9{k7}{z}, zmm31, 3
vpermilps zmm17, zmm0, 3
vpermilps zmm17{k1}, zmm0, 3
vpermilps zmm17{k7}{z}, zmm0, 3
vpermilps zmm31, zmm7, 3
vpermilps zmm31{k1}, zmm7, 3
vpermilps zmm31{k7}{z}, zmm7, 3
vpermilps zmm7, [rax], 3
vpermilps zmm7, [rbp], 3
vpermilps zmm7, [rsp], 3
vpermilps zmm7, [r12], 3
vpermilps zmm7, [r13], 3
vpermilps zmm7, [rsi+64], 3
vpermilps zmm7, [rsi+4], 3
vpermilps zmm7, [r9-128], 3
vpermilps zmm7, [r9-132], 3
vpermilps zmm7, [r10+127], 3
vpermilps zmm7, [r10+8192], 3
vpermilps zmm7, [r10+8128], 3
vpermilps zmm7, [rax+rcx*4], 3
vpermilps zmm7, [rbp+r9*8], 3
vpermilps zmm7, [r13+r12*1-64], 3
vpermilps zmm7, [rdx+r15*2+100000], 3
vpermilps zmm30{k3}, [r8+128], 3
vpermilps zmm30, [r8+12]{1to16}, 3
vpermilps zmm3, [rsp+512]{1to16}, 3
vpermps ymm1, ymm6, ymm10
vpermps ymm6, ymm10, ymm15
vpermps ymm10, ymm15, ymm1
vpermps ymm15, ymm1, ymm6
vpermps ymm6, ymm15, [rax]
vpermps ymm6, ymm15, [rbp]
vpermps ymm6, ymm15, [rsp]
vpermps ymm6, ymm15, [r12]
vpermps ymm6, ymm15, [r13]
vpermps ymm6, ymm15, [rsi+64]
vpermps ymm6, ymm15, [rsi+4]
vpermps ymm6, ymm15, [r9-128]
vpermps ymm6, ymm15, [r9-132]
vpermps ymm6, ymm15, [r10+127]
vpermps ymm6, ymm15, [r10+8192]
vpermps ymm6, ymm15, [r10+8128]
vpermps ymm6, ymm15, [rax+rcx*4]
vpermps ymm6, ymm15, [rbp+r9*8]
vpermps ymm6, ymm15, [r13+r12*1-64]
vpermps ymm6, ymm15, [rdx+r15*2+100000]
vpermps zmm0, zmm7, zmm9
vpermps zmm0{k1}, zmm7, zmm9
vpermps zmm0{k7}{z}, zmm7, zmm9
vpermps zmm7, zmm9, zmm17
vpermps zmm7{k1}, zmm9, zmm17
vpermps zmm7{k7}{z}, zmm9, zmm17
vpermps zmm9, zmm17, zmm31
vpermps zmm9{k1}, zmm17, zmm31
vpermps zmm9{k7}{z}, zmm17, zmm31
vpermps zmm17, zmm31, zmm0
vpermps zmm17{k1}, zmm31, zmm0
vpermps zmm17{k7}{z}, zmm31, zmm0
vpermps zmm31, zmm0, zmm7
vpermps zmm31{k1}, zmm0, zmm7
vpermps zmm31{k7}{z}, zmm0, zmm7
vpermps zmm7, zmm17, [rax]
vpermps zmm7, zmm17, [rbp]
vpermps zmm7, zmm17, [rsp]
vpermps zmm7, zmm17, [r12]
vpermps zmm7, zmm17, [r13]
vpermps zmm7, zmm17, [rsi+64]
vpermps zmm7, zmm17, [rsi+4]
vpermps zmm7, zmm17, [r9-128]
vpermps zmm7, zmm17, [r9-132]
vpermps zmm7, zmm17, [r10+127]
vpermps zmm7, zmm17, [r10+8192]
vpermps zmm7, zmm17, [r10+8128]
vpermps zmm7, zmm17, [rax+rcx*4]
vpermps zmm7, zmm17, [rbp+r9*8]
vpermps zmm7, zmm17, [r13+r12*1-64]
vpermps zmm7, zmm17, [rdx+r15*2+100000]
vpermps zmm30{k3}, zmm2, [r8+128]
vpermps zmm30, zmm2, [r8+12]{1to16}
vpermps zmm3, zmm2, [rsp+512]{1to16}
vpermw xmm1, xmm6, xmm10
vpermw xmm6, xmm10, xmm15
vpermw xmm10, xmm15, xmm1
vpermw xmm15, xmm1, xmm6
vpermw xmm6, xmm15, [rax]
vpermw xmm6, xmm15, [rbp]
vpermw xmm6, xmm15, [rsp]
vpermw xmm6, xmm15, [r12]
vpermw xmm6, xmm15, [r13]
vpermw xmm6, xmm15, [rsi+64]
vpermw xmm6, xmm15, [rsi+4]
vpermw xmm6, xmm15, [r9-128]
vpermw xmm6, xmm15, [r9-132]
vpermw xmm6, xmm15, [r10+127]
vpermw xmm6, xmm15, [r10+8192]
vpermw xmm6, xmm15, [r10+8128]
vpermw xmm6, xmm15, [rax+rcx*4]
vpermw xmm6, xmm15, [rbp+r9*8]
vpermw xmm6, xmm15, [r13+r12*1-64]
vpermw xmm6, xmm15, [rdx+r15*2+100000]
vpermw ymm1, ymm6, ymm10
vpermw ymm6, ymm10, ymm15
vpermw ymm10, ymm15, ymm1
vpermw ymm15, ymm1, ymm6
vpermw ymm6, ymm15, [rax]
vpermw ymm6, ymm15, [rbp]
vpermw ymm6, ymm15, [rsp]
vpermw ymm6, ymm15, [r12]
vpermw ymm6, ymm15, [r13]
vpermw ymm6, ymm15, [rsi+64]
vpermw ymm6, ymm15, [rsi+4]
vpermw ymm6, ymm15, [r9-128]
vpermw ymm6, ymm15, [r9-132]
vpermw ymm6, ymm15, [r10+127]
vpermw ymm6, ymm15, [r10+8192]
vpermw ymm6, ymm15, [r10+8128]
vpermw ymm6, ymm15, [rax+rcx*4]
vpermw ymm6, ymm15, [rbp+r9*8]
vpermw ymm6, ymm15, [r13+r12*1-64]
vpermw ymm6, ymm15, [rdx+r15*2+100000]
vpermw zmm0, zmm7, zmm9
vpermw zmm0{k1}, zmm7, zmm9
vpermw zmm0{k7}{z}, zmm7, zmm9
vpermw zmm7, zmm9, zmm17
vpermw zmm7{k1}, zmm9, zmm17
vpermw zmm7{k7}{z}, zmm9, zmm17
vpermw zmm9, zmm17, zmm31
vpermw zmm9{k1}, zmm17, zmm31
vpermw zmm9{k7}{z}, zmm17, zmm31
vpermw zmm17, zmm31, zmm0
vpermw zmm17{k1}, zmm31, zmm0
vpermw zmm17{k7}{z}, zmm31, zmm0
vpermw zmm31, zmm0, zmm7
vpermw zmm31{k1}, zmm0, zmm7
vpermw zmm31{k7}{z}, zmm0, zmm7
vpermw zmm7, zmm17, [rax]
vpermw zmm7, zmm17, [rbp]
vpermw zmm7, zmm17, [rsp]
vpermw zmm7, zmm17, [r12]
vpermw zmm7, zmm17, [r13]
vpermw zmm7, zmm17, [rsi+64]
vpermw zmm7, zmm17, [rsi+4]
vpermw zmm7, zmm17, [r9-128]
vpermw zmm7, zmm17, [r9-132]
vpermw zmm7, zmm17, [r10+127]
vpermw zmm7, zmm17, [r10+8192]
vpermw zmm7, zmm17, [r10+8128]
vpermw zmm7, zmm17, [rax+rcx*4]
vpermw zmm7, zmm17, [rbp+r9*8]
vpermw zmm7, zmm17, [r13+r12*1-64]
vpermw zmm7, zmm17, [rdx+r15*2+100000]
vpermw zmm30{k3}, zmm2, [r8+128]
vpermt2w xmm1, xmm6, xmm10
vpermt2w xmm6, xmm10, xmm15
vpermt2w xmm10, xmm15, xmm1
vpermt2w xmm15, xmm1, xmm6
vpermt2w xmm6, xmm15, [rax]
vpermt2w xmm6, xmm15, [rbp]
vpermt2w xmm6, xmm15, [rsp]
vpermt2w xmm6, xmm15, [r12]
vpermt2w xmm6, xmm15, [r13]
vpermt2w xmm6, xmm15, [rsi+64]
vpermt2w xmm6, xmm15, [rsi+4]
vpermt2w xmm6, xmm15, [r9-128]
vpermt2w xmm6, xmm15, [r9-132]
vpermt2w xmm6, xmm15, [r10+127]
vpermt2w xmm6, xmm15, [r10+8192]
vpermt2w xmm6, xmm15, [r10+8128]
vpermt2w xmm6, xmm15, [rax+rcx*4]
vpermt2w xmm6, xmm15, [rbp+r9*8]
vpermt2w xmm6, xmm15, [r13+r12*1-64]
vpermt2w xmm6, xmm15, [rdx+r15*2+100000]
vpermt2w ymm1, ymm6, ymm10
vpermt2w ymm6, ymm10, ymm15
vpermt2w ymm10, ymm15, ymm1
vpermt2w ymm15, ymm1, ymm6
vpermt2w ymm6, ymm15, [rax]
vpermt2w ymm6, ymm15, [rbp]
vpermt2w ymm6, ymm15, [rsp]
vpermt2w ymm6, ymm15, [r12]
vpermt2w ymm6, ymm15, [r13]
vpermt2w ymm6, ymm15, [rsi+64]
vpermt2w ymm6, ymm15, [rsi+4]
vpermt2w ymm6, ymm15, [r9-128]
vpermt2w ymm6, ymm15, [r9-132]
vpermt2w ymm6, ymm15, [r10+127]
vpermt2w ymm6, ymm15, [r10+8192]
vpermt2w ymm6, ymm15, [r10+8128]
vpermt2w ymm6, ymm15, [rax+rcx*4]
vpermt2w ymm6, ymm15, [rbp+r9*8]
vpermt2w ymm6, ymm15, [r13+r12*1-64]
vpermt2w ymm6, ymm15, [rdx+r15*2+100000]
vpermt2w zmm0, zmm7, zmm9
vpermt2w zmm0{k1}, zmm7, zmm9
vpermt2w zmm0{k7}{z}, zmm7, zmm9
vpermt2w zmm7, zmm9, zmm17
vpermt2w zmm7{k1}, zmm9, zmm17
vpermt2w zmm7{k7}{z}, zmm9, zmm17
vpermt2w zmm9, zmm17, zmm31
vpermt2w zmm9{k1}, zmm17, zmm31
vpermt2w zmm9{k7}{z}, zmm17, zmm31
vpermt2w zmm17, zmm31, zmm0
vpermt2w zmm17{k1}, zmm31, zmm0
vpermt2w zmm17{k7}{z}, zmm31, zmm0
vpermt2w zmm31, zmm0, zmm7
vpermt2w zmm31{k1}, zmm0, zmm7
vpermt2w zmm31{k7}{z}, zmm0, zmm7
vpermt2w zmm7, zmm17, [rax]
vpermt2w zmm7, zmm17, [rbp]
vpermt2w zmm7, zmm17, [rsp]
vpermt2w zmm7, zmm17, [r12]
vpermt2w zmm7, zmm17, [r13]
vpermt2w zmm7, zmm17, [rsi+64]
vpermt2w zmm7, zmm17, [rsi+4]
vpermt2w zmm7, zmm17, [r9-128]
vpermt2w zmm7, zmm17, [r9-132]
vpermt2w zmm7, zmm17, [r10+127]
vpermt2w zmm7, zmm17, [r10+8192]
vpermt2w zmm7, zmm17, [r10+8128]
vpermt2w zmm7, zmm17, [rax+rcx*4]
vpermt2w zmm7, zmm17, [rbp+r9*8]
vpermt2w zmm7, zmm17, [r13+r12*1-64]
vpermt2w zmm7, zmm17, [rdx+r15*2+100000]
vpermt2w zmm30{k3}, zmm2, [r8+128]
vpermb xmm1, xmm6, xmm10
vpermb xmm6, xmm10, xmm15
vpermb xmm10, xmm15, xmm1
vpermb xmm15, xmm1, xmm6
vpermb xmm6, xmm15, [rax]
vpermb xmm6, xmm15, [rbp]
vpermb xmm6, xmm15, [rsp]
vpermb xmm6, xmm15, [r12]
vpermb xmm6, xmm15, [r13]
vpermb xmm6, xmm15, [rsi+64]
vpermb xmm6, xmm15, [rsi+4]
vpermb xmm6, xmm15, [r9-128]
vpermb xmm6, xmm15, [r9-132]
vpermb xmm6, xmm15, [r10+127]
vpermb xmm6, xmm15, [r10+8192]
vpermb xmm6, xmm15, [r10+8128]
vpermb xmm6, xmm15, [rax+rcx*4]
vpermb xmm6, xmm15, [rbp+r9*8]
vpermb xmm6, xmm15, [r13+r12*1-64]
vpermb xmm6, xmm15, [rdx+r15*2+100000]
vpermb ymm1, ymm6, ymm10
vpermb ymm6, ymm10, ymm15
vpermb ymm10, ymm15, ymm1
vpermb ymm15, ymm1, ymm6
vpermb ymm6, ymm15, [rax]
vpermb ymm6, ymm15, [rbp]
vpermb ymm6, ymm15, [rsp]
vpermb ymm6, ymm15, [r12]
vpermb ymm6, ymm15, [r13]
vpermb ymm6, ymm15, [rsi+64]
vpermb ymm6, ymm15, [rsi+4]
vpermb ymm6, ymm15, [r9-128]
vpermb ymm6, ymm15, [r9-132]
vpermb ymm6, ymm15, [r10+127]
vpermb ymm6, ymm15, [r10+8192]
vpermb ymm6, ymm15, [r10+8128]
vpermb ymm6, ymm15, [rax+rcx*4]
vpermb ymm6, ymm15, [rbp+r9*8]
vpermb ymm6, ymm15, [r13+r12*1-64]
vpermb ymm6, ymm15, [rdx+r15*2+100000]
vpermb zmm0, zmm7, zmm9
vpermb zmm0{k1}, zmm7, zmm9
vpermb zmm0{k7}{z}, zmm7, zmm9
vpermb zmm7, zmm9, zmm17
vpermb zmm7{k1}, zmm9, zmm17
vpermb zmm7{k7}{z}, zmm9, zmm17
vpermb zmm9, zmm17, zmm31
vpermb zmm9{k1}, zmm17, zmm31
vpermb zmm9{k7}{z}, zmm17, zmm31
vpermb zmm17, zmm31, zmm0
vpermb zmm17{k1}, zmm31, zmm0
vpermb zmm17{k7}{z}, zmm31, zmm0
vpermb zmm31, zmm0, zmm7
vpermb zmm31{k1}, zmm0, zmm7
vpermb zmm31{k7}{z}, zmm0, zmm7
vpermb zmm7, zmm17, [rax]
vpermb zmm7, zmm17, [rbp]
vpermb zmm7, zmm17, [rsp]
vpermb zmm7, zmm17, [r12]
vpermb zmm7, zmm17, [r13]
vpermb zmm7, zmm17, [rsi+64]
vpermb zmm7, zmm17, [rsi+4]
vpermb zmm7, zmm17, [r9-128]
vpermb zmm7, zmm17, [r9-132]
vpermb zmm7, zmm17, [r10+127]
vpermb zmm7, zmm17, [r10+8192]
vpermb zmm7, zmm17, [r10+8128]
vpermb zmm7, zmm17, [rax+rcx*4]
vpermb zmm7, zmm17, [rbp+r9*8]
vpermb zmm7, zmm17, [r13+r12*1-64]
vpermb zmm7, zmm17, [rdx+r15*2+100000]
vpermb zmm30{k3}, zmm2, [r8+128]
vunpcklps xmm1, xmm6, xmm10
vunpcklps xmm6, xmm10, xmm15
vunpcklps xmm10, xmm15, xmm1
vunpcklps xmm15, xmm1, xmm6
vunpcklps xmm6, xmm15, [rax]
vunpcklps xmm6, xmm15, [rbp]
vunpcklps xmm6, xmm15, [rsp]
vunpcklps xmm6, xmm15, [r12]
vunpcklps xmm6, xmm15, [r13]
vunpcklps xmm6, xmm15, [rsi+64]
vunpcklps xmm6, xmm15, [rsi+4]
vunpcklps xmm6, xmm15, [r9-128]
vunpcklps xmm6, xmm15, [r9-132]
vunpcklps xmm6, xmm15, [r10+127]
vunpcklps xmm6, xmm15, [r10+8192]
vunpcklps xmm6, xmm15, [r10+8128]
vunpcklps xmm6, xmm15, [rax+rcx*4]
vunpcklps xmm6, xmm15, [rbp+r9*8]
vunpcklps xmm6, xmm15, [r13+r12*1-64]
vunpcklps xmm6, xmm15, [rdx+r15*2+100000]
vunpcklps ymm1, ymm6, ymm10
vunpcklps ymm6, ymm10, ymm15
vunpcklps ymm10, ymm15, ymm1
vunpcklps ymm15, ymm1, ymm6
vunpcklps ymm6, ymm15, [rax]
vunpcklps ymm6, ymm15, [rbp]
vunpcklps ymm6, ymm15, [rsp]
vunpcklps ymm6, ymm15, [r12]
vunpcklps ymm6, ymm15, [r13]
vunpcklps ymm6, ymm15, [rsi+64]
vunpcklps ymm6, ymm15, [rsi+4]
vunpcklps ymm6, ymm15, [r9-128]
vunpcklps ymm6, ymm15, [r9-132]
vunpcklps ymm6, ymm15, [r10+127]
vunpcklps ymm6, ymm15, [r10+8192]
vunpcklps ymm6, ymm15, [r10+8128]
vunpcklps ymm6, ymm15, [rax+rcx*4]
vunpcklps ymm6, ymm15, [rbp+r9*8]
vunpcklps ymm6, ymm15, [r13+r12*1-64]
vunpcklps ymm6, ymm15, [rdx+r15*2+100000]
vunpcklps zmm0, zmm7, zmm9
vunpcklps zmm0{k1}, zmm7, zmm9
vunpcklps zmm0{k7}{z}, zmm7, zmm9
vunpcklps zmm7, zmm9, zmm17
vunpcklps zmm7{k1}, zmm9, zmm17
vunpcklps zmm7{k7}{z}, zmm9, zmm17
vunpcklps zmm9, zmm17, zmm31
vunpcklps zmm9{k1}, zmm17, zmm31
vunpcklps zmm9{k7}{z}, zmm17, zmm31
vunpcklps zmm17, zmm31, zmm0
vunpcklps zmm17{k1}, zmm31, zmm0
vunpcklps zmm17{k7}{z}, zmm31, zmm0
vunpcklps zmm31, zmm0, zmm7
vunpcklps zmm31{k1}, zmm0, zmm7
vunpcklps zmm31{k7}{z}, zmm0, zmm7
vunpcklps zmm7, zmm17, [rax]
vunpcklps zmm7, zmm17, [rbp]
vunpcklps zmm7, zmm17, [rsp]
vunpcklps zmm7, zmm17, [r12]
vunpcklps zmm7, zmm17, [r13]
vunpcklps zmm7, zmm17, [rsi+64]
vunpcklps zmm7, zmm17, [rsi+4]
vunpcklps zmm7, zmm17, [r9-128]
vunpcklps zmm7, zmm17, [r9-132]
vunpcklps zmm7, zmm17, [r10+127]
vunpcklps zmm7, zmm17, [r10+8192]
vunpcklps zmm7, zmm17, [r10+8128]
vunpcklps zmm7, zmm17, [rax+rcx*4]
vunpcklps zmm7, zmm17, [rbp+r9*8]
vunpcklps zmm7, zmm17, [r13+r12*1-64]
vunpcklps zmm7, zmm17, [rdx+r15*2+100000]
vunpcklps zmm30{k3}, zmm2, [r8+128]
vunpcklps zmm30, zmm2, [r8+12]{1to16}
vunpcklps zmm3, zmm2, [rsp+512]{1to16}
vunpckhps xmm1, xmm6, xmm10
vunpckhps xmm6, xmm10, xmm15
vunpckhps xmm10, xmm15, xmm1
vunpckhps xmm15, xmm1, xmm6
vunpckhps xmm6, xmm15, [rax]
vunpckhps xmm6, xmm15, [rbp]
vunpckhps xmm6, xmm15, [rsp]
vunpckhps xmm6, xmm15, [r12]
vunpckhps xmm6, xmm15, [r13]
vunpckhps xmm6, xmm15, [rsi+64]
vunpckhps xmm6, xmm15, [rsi+4]
vunpckhps xmm6, xmm15, [r9-128]
vunpckhps xmm6, xmm15, [r9-132]
vunpckhps xmm6, xmm15, [r10+127]
vunpckhps xmm6, xmm15, [r10+8192]
vunpckhps xmm6, xmm15, [r10+8128]
vunpckhps xmm6, xmm15, [rax+rcx*4]
vunpckhps xmm6, xmm15, [rbp+r9*8]
vunpckhps xmm6, xmm15, [r13+r12*1-64]
vunpckhps xmm6, xmm15, [rdx+r15*2+100000]
vunpckhps ymm1, ymm6, ymm10
vunpckhps ymm6, ymm10, ymm15
vunpckhps ymm10, ymm15, ymm1
vunpckhps ymm15, ymm1, ymm6
vunpckhps ymm6, ymm15, [rax]
vunpckhps ymm6, ymm15, [rbp]
vunpckhps ymm6, ymm15, [rsp]
vunpckhps ymm6, ymm15, [r12]
vunpckhps ymm6, ymm15, [r13]
vunpckhps ymm6, ymm15, [rsi+64]
vunpckhps ymm6, ymm15, [rsi+4]
vunpckhps ymm6, ymm15, [r9-128]
vunpckhps ymm6, ymm15, [r9-132]
vunpckhps ymm6, ymm15, [r10+127]
vunpckhps ymm6, ymm15, [r10+8192]
vunpckhps ymm6, ymm15, [r10+8128]
vunpckhps ymm6, ymm15, [rax+rcx*4]
vunpckhps ymm6, ymm15, [rbp+r9*8]
vunpckhps ymm6, ymm15, [r13+r12*1-64]
vunpckhps ymm6, ymm15, [rdx+r15*2+100000]
vunpckhps zmm0, zmm7, zmm9
vunpckhps zmm0{k1}, zmm7, zmm9
vunpckhps zmm0{k7}{z}, zmm7, zmm9
vunpckhps zmm7, zmm9, zmm17
vunpckhps zmm7{k1}, zmm9, zmm17
vunpckhps zmm7{k7}{z}, zmm9, zmm17
vunpckhps zmm9, zmm17, zmm31
vunpckhps zmm9{k1}, zmm17, zmm31
vunpckhps zmm9{k7}{z}, zmm17, zmm31
vunpckhps zmm17, zmm31, zmm0
vunpckhps zmm17{k1}, zmm31, zmm0
vunpckhps zmm17{k7}{z}, zmm31, zmm0
vunpckhps zmm31, zmm0, zmm7
vunpckhps zmm31{k1}, zmm0, zmm7
vunpckhps zmm31{k7}{z}, zmm0, zmm7
vunpckhps zmm7, zmm17, [rax]
vunpckhps zmm7, zmm17, [rbp]
vunpckhps zmm7, zmm17, [rsp]
vunpckhps zmm7, zmm17, [r12]
vunpckhps zmm7, zmm17, [r13]
vunpckhps zmm7, zmm17, [rsi+64]
vunpckhps zmm7, zmm17, [rsi+4]
vunpckhps zmm7, zmm17, [r9-128]
vunpckhps zmm7, zmm17, [r9-132]
vunpckhps zmm7, zmm17, [r10+127]
vunpckhps zmm7, zmm17, [r10+8192]
vunpckhps zmm7, zmm17, [r10+8128]
vunpckhps zmm7, zmm17, [rax+rcx*4]
vunpckhps zmm7, zmm17, [rbp+r9*8]
vunpckhps zmm7, zmm17, [r13+r12*1-64]
vunpckhps zmm7, zmm17, [rdx+r15*2+100000]
vunpckhps zmm30{k3}, zmm2, [r8+128]
vunpckhps zmm30, zmm2, [r8+12]{1to16}
vunpckhps zmm3, zmm2, [rsp+512]{1to16}
vunpcklpd xmm1, xmm6, xmm10
vunpcklpd xmm6, xmm10, xmm15
vunpcklpd xmm10, xmm15, xmm1
vunpcklpd xmm15, xmm1, xmm6
vunpcklpd xmm6, xmm15, [rax]
vunpcklpd xmm6, xmm15, [rbp]
vunpcklpd xmm6, xmm15, [rsp]
vunpcklpd xmm6, xmm15, [r12]
vunpcklpd xmm6, xmm15, [r13]
vunpcklpd xmm6, xmm15, [rsi+64]
vunpcklpd xmm6, xmm15, [rsi+4]
vunpcklpd xmm6, xmm15, [r9-128]
vunpcklpd xmm6, xmm15, [r9-132]
vunpcklpd xmm6, xmm15, [r10+127]
vunpcklpd xmm6, xmm15, [r10+8192]
vunpcklpd xmm6, xmm15, [r10+8128]
vunpcklpd xmm6, xmm15, [rax+rcx*4]
vunpcklpd xmm6, xmm15, [rbp+r9*8]
vunpcklpd xmm6, xmm15, [r13+r12*1-64]
vunpcklpd xmm6, xmm15, [rdx+r15*2+100000]
vunpcklpd ymm1, ymm6, ymm10
vunpcklpd ymm6, ymm10, ymm15
vunpcklpd ymm10, ymm15, ymm1
vunpcklpd ymm15, ymm1, ymm6
vunpcklpd ymm6, ymm15, [rax]
vunpcklpd ymm6, ymm15, [rbp]
vunpcklpd ymm6, ymm15, [rsp]
vunpcklpd ymm6, ymm15, [r12]
vunpcklpd ymm6, ymm15, [r13]
vunpcklpd ymm6, ymm15, [rsi+64]
vunpcklpd ymm6, ymm15, [rsi+4]
vunpcklpd ymm6, ymm15, [r9-128]
vunpcklpd ymm6, ymm15, [r9-132]
vunpcklpd ymm6, ymm15, [r10+127]
vunpcklpd ymm6, ymm15, [r10+8192]
vunpcklpd ymm6, ymm15, [r10+8128]
vunpcklpd ymm6, ymm15, [rax+rcx*4]
vunpcklpd ymm6, ymm15, [rbp+r9*8]
vunpcklpd ymm6, ymm15, [r13+r12*1-64]
vunpcklpd ymm6, ymm15, [rdx+r15*2+100000]
vunpcklpd zmm0, zmm7, zmm9
vunpcklpd zmm0{k1}, zmm7, zmm9
vunpcklpd zmm0{k7}{z}, zmm7, zmm9
vunpcklpd zmm7, zmm9, zmm17
vunpcklpd zmm7{k1}, zmm9, zmm17
vunpcklpd zmm7{k7}{z}, zmm9, zmm17
vunpcklpd zmm9, zmm17, zmm31
vunpcklpd zmm9{k1}, zmm17, zmm31
vunpcklpd zmm9{k7}{z}, zmm17, zmm31
vunpcklpd zmm17, zmm31, zmm0
vunpcklpd zmm17{k1}, zmm31, zmm0
vunpcklpd zmm17{k7}{z}, zmm31, zmm0
vunpcklpd zmm31, zmm0, zmm7
vunpcklpd zmm31{k1}, zmm0, zmm7
vunpcklpd zmm31{k7}{z}, zmm0, zmm7
vunpcklpd zmm7, zmm17, [rax]
vunpcklpd zmm7, zmm17, [rbp]
vunpcklpd zmm7, zmm17, [rsp]
vunpcklpd zmm7, zmm17, [r12]
vunpcklpd zmm7, zmm17, [r13]
vunpcklpd zmm7, zmm17, [rsi+64]
vunpcklpd zmm7, zmm17, [rsi+4]
vunpcklpd zmm7, zmm17, [r9-128]
vunpcklpd zmm7, zmm17, [r9-132]
vunpcklpd zmm7, zmm17, [r10+127]
vunpcklpd zmm7, zmm17, [r10+8192]
vunpcklpd zmm7, zmm17, [r10+8128]
vunpcklpd zmm7, zmm17, [rax+rcx*4]
vunpcklpd zmm7, zmm17, [rbp+r9*8]
vunpcklpd zmm7, zmm17, [r13+r12*1-64]
vunpcklpd zmm7, zmm17, [rdx+r15*2+100000]
vunpcklpd zmm30{k3}, zmm2, [r8+128]
vunpckhpd xmm1, xmm6, xmm10
vunpckhpd xmm6, xmm10, xmm15
vunpckhpd xmm10, xmm15, xmm1
vunpckhpd xmm15, xmm1, xmm6
vunpckhpd xmm6, xmm15, [rax]
vunpckhpd xmm6, xmm15, [rbp]
vunpckhpd xmm6, xmm15, [rsp]
vunpckhpd xmm6, xmm15, [r12]
vunpckhpd xmm6, xmm15, [r13]
vunpckhpd xmm6, xmm15, [rsi+64]
vunpckhpd xmm6, xmm15, [rsi+4]
vunpckhpd xmm6, xmm15, [r9-128]
vunpckhpd xmm6, xmm15, [r9-132]
vunpckhpd xmm6, xmm15, [r10+127]
vunpckhpd xmm6, xmm15, [r10+8192]
vunpckhpd xmm6, xmm15, [r10+8128]
vunpckhpd xmm6, xmm15, [rax+rcx*4]
vunpckhpd xmm6, xmm15, [rbp+r9*8]
vunpckhpd xmm6, xmm15, [r13+r12*1-64]
vunpckhpd xmm6, xmm15, [rdx+r15*2+100000]
vunpckhpd ymm1, ymm6, ymm10
vunpckhpd ymm6, ymm10, ymm15
vunpckhpd ymm10, ymm15, ymm1
vunpckhpd ymm15, ymm1, ymm6
vunpckhpd ymm6, ymm15, [rax]
vunpckhpd ymm6, ymm15, [rbp]
vunpckhpd ymm6, ymm15, [rsp]
vunpckhpd ymm6, ymm15, [r12]
vunpckhpd ymm6, ymm15, [r13]
vunpckhpd ymm6, ymm15, [rsi+64]
vunpckhpd ymm6, ymm15, [rsi+4]
vunpckhpd ymm6, ymm15, [r9-128]
vunpckhpd ymm6, ymm15, [r9-132]
vunpckhpd ymm6, ymm15, [r10+127]
vunpckhpd ymm6, ymm15, [r10+8192]
vunpckhpd ymm6, ymm15, [r10+8128]
vunpckhpd ymm6, ymm15, [rax+rcx*4]
vunpckhpd ymm6, ymm15, [rbp+r9*8]
vunpckhpd ymm6, ymm15, [r13+r12*1-64]
vunpckhpd ymm6, ymm15, [rdx+r15*2+100000]
vunpckhpd zmm0, zmm7, zmm9
vunpckhpd zmm0{k1}, zmm7, zmm9
vunpckhpd zmm0{k7}{z}, zmm7, zmm9
vunpckhpd zmm7, zmm9, zmm17
vunpckhpd zmm7{k1}, zmm9, zmm17
vunpckhpd zmm7{k7}{z}, zmm9, zmm17
vunpckhpd zmm9, zmm17, zmm31
vunpckhpd zmm9{k1}, zmm17, zmm31
vunpckhpd zmm9{k7}{z}, zmm17, zmm31
vunpckhpd zmm17, zmm31, zmm0
vunpckhpd zmm17{k1}, zmm31, zmm0
vunpckhpd zmm17{k7}{z}, zmm31, zmm0
vunpckhpd zmm31, zmm0, zmm7
vunpckhpd zmm31{k1}, zmm0, zmm7
vunpckhpd zmm31{k7}{z}, zmm0, zmm7
vunpckhpd zmm7, zmm17, [rax]
vunpckhpd zmm7, zmm17, [rbp]
vunpckhpd zmm7, zmm17, [rsp]
vunpckhpd zmm7, zmm17, [r12]
vunpckhpd zmm7, zmm17, [r13]
vunpckhpd zmm7, zmm17, [rsi+64]
vunpckhpd zmm7, zmm17, [rsi+4]
vunpckhpd zmm7, zmm17, [r9-128]
vunpckhpd zmm7, zmm17, [r9-132]
vunpckhpd zmm7, zmm17, [r10+127]
vunpckhpd zmm7, zmm17, [r10+8192]
vunpckhpd zmm7, zmm17, [r10+8128]
vunpckhpd zmm7, zmm17, [rax+rcx*4]
vunpckhpd zmm7, zmm17, [rbp+r9*8]
vunpckhpd zmm7, zmm17, [r13+r12*1-64]
vunpckhpd zmm7, zmm17, [rdx+r15*2+100000]
vunpckhpd zmm30{k3}, zmm2, [r8+128]
vpackssdw xmm1, xmm6, xmm10
vpackssdw xmm6, xmm10, xmm15
vpackssdw xmm10, xmm15, xmm1
vpackssdw xmm15, xmm1, xmm6
vpackssdw xmm6, xmm15, [rax]
vpackssdw xmm6, xmm15, [rbp]
vpackssdw xmm6, xmm15, [rsp]
vpackssdw xmm6, xmm15, [r12]
vpackssdw xmm6, xmm15, [r13]
vpackssdw xmm6, xmm15, [rsi+64]
vpackssdw xmm6, xmm15, [rsi+4]
vpackssdw xmm6, xmm15, [r9-128]
vpackssdw xmm6, xmm15, [r9-132]
vpackssdw xmm6, xmm15, [r10+127]
vpackssdw xmm6, xmm15, [r10+8192]
vpackssdw xmm6, xmm15, [r10+8128]
vpackssdw xmm6, xmm15, [rax+rcx*4]
vpackssdw xmm6, xmm15, [rbp+r9*8]
vpackssdw xmm6, xmm15, [r13+r12*1-64]
vpackssdw xmm6, xmm15, [rdx+r15*2+100000]
vpackssdw ymm1, ymm6, ymm10
vpackssdw ymm6, ymm10, ymm15
vpackssdw ymm10, ymm15, ymm1
vpackssdw ymm15, ymm1, ymm6
vpackssdw ymm6, ymm15, [rax]
vpackssdw ymm6, ymm15, [rbp]
vpackssdw ymm6, ymm15, [rsp]
vpackssdw ymm6, ymm15, [r12]
vpackssdw ymm6, ymm15, [r13]
vpackssdw ymm6, ymm15, [rsi+64]
vpackssdw ymm6, ymm15, [rsi+4]
vpackssdw ymm6, ymm15, [r9-128]
vpackssdw ymm6, ymm15, [r9-132]
vpackssdw ymm6, ymm15, [r10+127]
vpackssdw ymm6, ymm15, [r10+8192]
vpackssdw ymm6, ymm15, [r10+8128]
vpackssdw ymm6, ymm15, [rax+rcx*4]
vpackssdw ymm6, ymm15, [rbp+r9*8]
vpackssdw ymm6, ymm15, [r13+r12*1-64]
vpackssdw ymm6, ymm15, [rdx+r15*2+100000]
vpackssdw zmm0, zmm7, zmm9
vpackssdw zmm0{k1}, zmm7, zmm9
vpackssdw zmm0{k7}{z}, zmm7, zmm9
vpackssdw zmm7, zmm9, zmm17
vpackssdw zmm7{k1}, zmm9, zmm17
vpackssdw zmm7{k7}{z}, zmm9, zmm17
vpackssdw zmm9, zmm17, zmm31
vpackssdw zmm9{k1}, zmm17, zmm31
vpackssdw zmm9{k7}{z}, zmm17, zmm31
vpackssdw zmm17, zmm31, zmm0
vpackssdw zmm17{k1}, zmm31, zmm0
vpackssdw zmm17{k7}{z}, zmm31, zmm0
vpackssdw zmm31, zmm0, zmm7
vpackssdw zmm31{k1}, zmm0, zmm7
vpackssdw zmm31{k7}{z}, zmm0, zmm7
vpackssdw zmm7, zmm17, [rax]
vpackssdw zmm7, zmm17, [rbp]
vpackssdw zmm7, zmm17, [rsp]
vpackssdw zmm7, zmm17, [r12]
vpackssdw zmm7, zmm17, [r13]
vpackssdw zmm7, zmm17, [rsi+64]
vpackssdw zmm7, zmm17, [rsi+4]
vpackssdw zmm7, zmm17, [r9-128]
vpackssdw zmm7, zmm17, [r9-132]
vpackssdw zmm7, zmm17, [r10+127]
vpackssdw zmm7, zmm17, [r10+8192]
vpackssdw zmm7, zmm17, [r10+8128]
vpackssdw zmm7, zmm17, [rax+rcx*4]
vpackssdw zmm7, zmm17, [rbp+r9*8]
vpackssdw zmm7, zmm17, [r13+r12*1-64]
vpackssdw zmm7, zmm17, [rdx+r15*2+100000]
vpackssdw zmm30{k3}, zmm2, [r8+128]
vpackssdw zmm30, zmm2, [r8+12]{1to16}
vpackssdw zmm3, zmm2, [rsp+512]{1to16}
vpacksswb xmm1, xmm6, xmm10
vpacksswb xmm6, xmm10, xmm15
vpacksswb xmm10, xmm15, xmm1
vpacksswb xmm15, xmm1, xmm6
vpacksswb xmm6, xmm15, [rax]
vpacksswb xmm6, xmm15, [rbp]
vpacksswb xmm6, xmm15, [rsp]
vpacksswb xmm6, xmm15, [r12]
vpacksswb xmm6, xmm15, [r13]
vpacksswb xmm6, xmm15, [rsi+64]
vpacksswb xmm6, xmm15, [rsi+4]
vpacksswb xmm6, xmm15, [r9-128]
vpacksswb xmm6, xmm15, [r9-132]
vpacksswb xmm6, xmm15, [r10+127]
vpacksswb xmm6, xmm15, [r10+8192]
vpacksswb xmm6, xmm15, [r10+8128]
vpacksswb xmm6, xmm15, [rax+rcx*4]
vpacksswb xmm6, xmm15, [rbp+r9*8]
vpacksswb xmm6, xmm15, [r13+r12*1-64]
vpacksswb xmm6, xmm15, [rdx+r15*2+100000]
vpacksswb ymm1, ymm6, ymm10
vpacksswb ymm6, ymm10, ymm15
vpacksswb ymm10, ymm15, ymm1
vpacksswb ymm15, ymm1, ymm6
vpacksswb ymm6, ymm15, [rax]
vpacksswb ymm6, ymm15, [rbp]
vpacksswb ymm6, ymm15, [rsp]
vpacksswb ymm6, ymm15, [r12]
vpacksswb ymm6, ymm15, [r13]
vpacksswb ymm6, ymm15, [rsi+64]
vpacksswb ymm6, ymm15, [rsi+4]
vpacksswb ymm6, ymm15, [r9-128]
vpacksswb ymm6, ymm15, [r9-132]
vpacksswb ymm6, ymm15, [r10+127]
vpacksswb ymm6, ymm15, [r10+8192]
vpacksswb ymm6, ymm15, [r10+8128]
vpacksswb ymm6, ymm15, [rax+rcx*4]
vpacksswb ymm6, ymm15, [rbp+r9*8]
vpacksswb ymm6, ymm15, [r13+r12*1-64]
vpacksswb ymm6, ymm15, [rdx+r15*2+100000]
vpacksswb zmm0, zmm7, zmm9
vpacksswb zmm0{k1}, zmm7, zmm9
vpacksswb zmm0{k7}{z}, zmm7, zmm9
vpacksswb zmm7, zmm9, zmm17
vpacksswb zmm7{k1}, zmm9, zmm17
vpacksswb zmm7{k7}{z}, zmm9, zmm17
vpacksswb zmm9, zmm17, zmm31
vpacksswb zmm9{k1}, zmm17, zmm31
vpacksswb zmm9{k7}{z}, zmm17, zmm31
vpacksswb zmm17, zmm31, zmm0
vpacksswb zmm17{k1}, zmm31, zmm0
vpacksswb zmm17{k7}{z}, zmm31, zmm0
vpacksswb zmm31, zmm0, zmm7
vpacksswb zmm31{k1}, zmm0, zmm7
vpacksswb zmm31{k7}{z}, zmm0, zmm7
vpacksswb zmm7, zmm17, [rax]
vpacksswb zmm7, zmm17, [rbp]
vpacksswb zmm7, zmm17, [rsp]
vpacksswb zmm7, zmm17, [r12]
vpacksswb zmm7, zmm17, [r13]
vpacksswb zmm7, zmm17, [rsi+64]
vpacksswb zmm7, zmm17, [rsi+4]
vpacksswb zmm7, zmm17, [r9-128]
vpacksswb zmm7, zmm17, [r9-132]
vpacksswb zmm7, zmm17, [r10+127]
vpacksswb zmm7, zmm17, [r10+8192]
vpacksswb zmm7, zmm17, [r10+8128]
vpacksswb zmm7, zmm17, [rax+rcx*4]
vpacksswb zmm7, zmm17, [rbp+r9*8]
vpacksswb zmm7, zmm17, [r13+r12*1-64]
vpacksswb zmm7, zmm17, [rdx+r15*2+100000]
vpacksswb zmm30{k3}, zmm2, [r8+128]
vpackuswb xmm1, xmm6, xmm10
vpackuswb xmm6, xmm10, xmm15
vpackuswb xmm10, xmm15, xmm1
vpackuswb xmm15, xmm1, xmm6
vpackuswb xmm6, xmm15, [rax]
vpackuswb xmm6, xmm15, [rbp]
vpackuswb xmm6, xmm15, [rsp]
vpackuswb xmm6, xmm15, [r12]
vpackuswb xmm6, xmm15, [r13]
vpackuswb xmm6, xmm15, [rsi+64]
vpackuswb xmm6, xmm15, [rsi+4]
vpackuswb xmm6, xmm15, [r9-128]
vpackuswb xmm6, xmm15, [r9-132]
vpackuswb xmm6, xmm15, [r10+127]
vpackuswb xmm6, xmm15, [r10+8192]
vpackuswb xmm6, xmm15, [r10+8128]
vpackuswb xmm6, xmm15, [rax+rcx*4]
vpackuswb xmm6, xmm15, [rbp+r9*8]
vpackuswb xmm6, xmm15, [r13+r12*1-64]
vpackuswb xmm6, xmm15, [rdx+r15*2+100000]
vpackuswb ymm1, ymm6, ymm10
vpackuswb ymm6, ymm10, ymm15
vpackuswb ymm10, ymm15, ymm1
vpackuswb ymm15, ymm1, ymm6
vpackuswb ymm6, ymm15, [rax]
vpackuswb ymm6, ymm15, [rbp]
vpackuswb ymm6, ymm15, [rsp]
vpackuswb ymm6, ymm15, [r12]
vpackuswb ymm6, ymm15, [r13]
vpackuswb ymm6, ymm15, [rsi+64]
vpackuswb ymm6, ymm15, [rsi+4]
vpackuswb ymm6, ymm15, [r9-128]
vpackuswb ymm6, ymm15, [r9-132]
vpackuswb ymm6, ymm15, [r10+127]
vpackuswb ymm6, ymm15, [r10+8192]
vpackuswb ymm6, ymm15, [r10+8128]
vpackuswb ymm6, ymm15, [rax+rcx*4]
vpackuswb ymm6, ymm15, [rbp+r9*8]
vpackuswb ymm6, ymm15, [r13+r12*1-64]
vpackuswb ymm6, ymm15, [rdx+r15*2+100000]
vpackuswb zmm0, zmm7, zmm9
vpackuswb zmm0{k1}, zmm7, zmm9
vpackuswb zmm0{k7}{z}, zmm7, zmm9
vpackuswb zmm7, zmm9, zmm17
vpackuswb zmm7{k1}, zmm9, zmm17
vpackuswb zmm7{k7}{z}, zmm9, zmm17
vpackuswb zmm9, zmm17, zmm31
vpackuswb zmm9{k1}, zmm17, zmm31
vpackuswb zmm9{k7}{z}, zmm17, zmm31
vpackuswb zmm17, zmm31, zmm0
vpackuswb zmm17{k1}, zmm31, zmm0
vpackuswb zmm17{k7}{z}, zmm31, zmm0
vpackuswb zmm31, zmm0, zmm7
vpackuswb zmm31{k1}, zmm0, zmm7
vpackuswb zmm31{k7}{z}, zmm0, zmm7
vpackuswb zmm7, zmm17, [rax]
vpackuswb zmm7, zmm17, [rbp]
vpackuswb zmm7, zmm17, [rsp]
vpackuswb zmm7, zmm17, [r12]
vpackuswb zmm7, zmm17, [r13]
vpackuswb zmm7, zmm17, [rsi+64]
vpackuswb zmm7, zmm17, [rsi+4]
vpackuswb zmm7, zmm17, [r9-128]
vpackuswb zmm7, zmm17, [r9-132]
vpackuswb zmm7, zmm17, [r10+127]
vpackuswb zmm7, zmm17, [r10+8192]
vpackuswb zmm7, zmm17, [r10+8128]
vpackuswb zmm7, zmm17, [rax+rcx*4]
vpackuswb zmm7, zmm17, [rbp+r9*8]
vpackuswb zmm7, zmm17, [r13+r12*1-64]
vpackuswb zmm7, zmm17, [rdx+r15*2+100000]
vpackuswb zmm30{k3}, zmm2, [r8+128]
vpermq ymm1, ymm10, 3
vpermq ymm6, ymm15, 3
vpermq ymm10, ymm1, 3
vpermq ymm15, ymm6, 3
vpermq ymm6, [rax], 3
vpermq ymm6, [rbp], 3
vpermq ymm6, [rsp], 3
vpermq ymm6, [r12], 3
vpermq ymm6, [r13], 3
vpermq ymm6, [rsi+64], 3
vpermq ymm6, [rsi+4], 3
vpermq ymm6, [r9-128], 3
vpermq ymm6, [r9-132], 3
vpermq ymm6, [r10+127], 3
vpermq ymm6, [r10+8192], 3
vpermq ymm6, [r10+8128], 3
vpermq ymm6, [rax+rcx*4], 3
vpermq ymm6, [rbp+r9*8], 3
vpermq ymm6, [r13+r12*1-64], 3
vpermq ymm6, [rdx+r15*2+100000], 3
vpunpckldq xmm1, xmm6, xmm10
vpunpckldq xmm6, xmm10, xmm15
vpunpckldq xmm10, xmm15, xmm1
vpunpckldq xmm15, xmm1, xmm6
vpunpckldq xmm6, xmm15, [rax]
vpunpckldq xmm6, xmm15, [rbp]
vpunpckldq xmm6, xmm15, [rsp]
vpunpckldq xmm6, xmm15, [r12]
vpunpckldq xmm6, xmm15, [r13]
vpunpckldq xmm6, xmm15, [rsi+64]
vpunpckldq xmm6, xmm15, [rsi+4]
vpunpckldq xmm6, xmm15, [r9-128]
vpunpckldq xmm6, xmm15, [r9-132]
vpunpckldq xmm6, xmm15, [r10+127]
vpunpckldq xmm6, xmm15, [r10+8192]
vpunpckldq xmm6, xmm15, [r10+8128]
vpunpckldq xmm6, xmm15, [rax+rcx*4]
vpunpckldq xmm6, xmm15, [rbp+r9*8]
vpunpckldq xmm6, xmm15, [r13+r12*1-64]
vpunpckldq xmm6, xmm15, [rdx+r15*2+100000]
vpunpckldq ymm1, ymm6, ymm10
vpunpckldq ymm6, ymm10, ymm15
vpunpckldq ymm10, ymm15, ymm1
vpunpckldq ymm15, ymm1, ymm6
vpunpckldq ymm6, ymm15, [rax]
vpunpckldq ymm6, ymm15, [rbp]
vpunpckldq ymm6, ymm15, [rsp]
vpunpckldq ymm6, ymm15, [r12]
vpunpckldq ymm6, ymm15, [r13]
vpunpckldq ymm6, ymm15, [rsi+64]
vpunpckldq ymm6, ymm15, [rsi+4]
vpunpckldq ymm6, ymm15, [r9-128]
vpunpckldq ymm6, ymm15, [r9-132]
vpunpckldq ymm6, ymm15, [r10+127]
vpunpckldq ymm6, ymm15, [r10+8192]
vpunpckldq ymm6, ymm15, [r10+8128]
vpunpckldq ymm6, ymm15, [rax+rcx*4]
vpunpckldq ymm6, ymm15, [rbp+r9*8]
vpunpckldq ymm6, ymm15, [r13+r12*1-64]
vpunpckldq ymm6, ymm15, [rdx+r15*2+100000]
vpunpckldq zmm0, zmm7, zmm9
vpunpckldq zmm0{k1}, zmm7, zmm9
vpunpckldq zmm0{k7}{z}, zmm7, zmm9
vpunpckldq zmm7, zmm9, zmm17
vpunpckldq zmm7{k1}, zmm9, zmm17
vpunpckldq zmm7{k7}{z}, zmm9, zmm17
vpunpckldq zmm9, zmm17, zmm31
vpunpckldq zmm9{k1}, zmm17, zmm31
vpunpckldq zmm9{k7}{z}, zmm17, zmm31
vpunpckldq zmm17, zmm31, zmm0
vpunpckldq zmm17{k1}, zmm31, zmm0
vpunpckldq zmm17{k7}{z}, zmm31, zmm0
vpunpckldq zmm31, zmm0, zmm7
vpunpckldq zmm31{k1}, zmm0, zmm7
vpunpckldq zmm31{k7}{z}, zmm0, zmm7
vpunpckldq zmm7, zmm17, [rax]
vpunpckldq zmm7, zmm17, [rbp]
vpunpckldq zmm7, zmm17, [rsp]
vpunpckldq zmm7, zmm17, [r12]
vpunpckldq zmm7, zmm17, [r13]
vpunpckldq zmm7, zmm17, [rsi+64]
vpunpckldq zmm7, zmm17, [rsi+4]
vpunpckldq zmm7, zmm17, [r9-128]
vpunpckldq zmm7, zmm17, [r9-132]
vpunpckldq zmm7, zmm17, [r10+127]
vpunpckldq zmm7, zmm17, [r10+8192]
vpunpckldq zmm7, zmm17, [r10+8128]
vpunpckldq zmm7, zmm17, [rax+rcx*4]
vpunpckldq zmm7, zmm17, [rbp+r9*8]
vpunpckldq zmm7, zmm17, [r13+r12*1-64]
vpunpckldq zmm7, zmm17, [rdx+r15*2+100000]
vpunpckldq zmm30{k3}, zmm2, [r8+128]
vpunpckldq zmm30, zmm2, [r8+12]{1to16}
vpunpckldq zmm3, zmm2, [rsp+512]{1to16}
vpunpcklqdq xmm1, xmm6, xmm10
vpunpcklqdq xmm6, xmm10, xmm15
vpunpcklqdq xmm10, xmm15, xmm1
vpunpcklqdq xmm15, xmm1, xmm6
vpunpcklqdq xmm6, xmm15, [rax]
vpunpcklqdq xmm6, xmm15, [rbp]
vpunpcklqdq xmm6, xmm15, [rsp]
vpunpcklqdq xmm6, xmm15, [r12]
vpunpcklqdq xmm6, xmm15, [r13]
vpunpcklqdq xmm6, xmm15, [rsi+64]
vpunpcklqdq xmm6, xmm15, [rsi+4]
vpunpcklqdq xmm6, xmm15, [r9-128]
vpunpcklqdq xmm6, xmm15, [r9-132]
vpunpcklqdq xmm6, xmm15, [r10+127]
vpunpcklqdq xmm6, xmm15, [r10+8192]
vpunpcklqdq xmm6, xmm15, [r10+8128]
vpunpcklqdq xmm6, xmm15, [rax+rcx*4]
vpunpcklqdq xmm6, xmm15, [rbp+r9*8]
vpunpcklqdq xmm6, xmm15, [r13+r12*1-64]
vpunpcklqdq xmm6, xmm15, [rdx+r15*2+100000]
vpunpcklqdq ymm1, ymm6, ymm10
vpunpcklqdq ymm6, ymm10, ymm15
vpunpcklqdq ymm10, ymm15, ymm1
vpunpcklqdq ymm15, ymm1, ymm6
vpunpcklqdq ymm6, ymm15, [rax]
vpunpcklqdq ymm6, ymm15, [rbp]
vpunpcklqdq ymm6, ymm15, [rsp]
vpunpcklqdq ymm6, ymm15, [r12]
vpunpcklqdq ymm6, ymm15, [r13]
vpunpcklqdq ymm6, ymm15, [rsi+64]
vpunpcklqdq ymm6, ymm15, [rsi+4]
vpunpcklqdq ymm6, ymm15, [r9-128]
vpunpcklqdq ymm6, ymm15, [r9-132]
vpunpcklqdq ymm6, ymm15, [r10+127]
vpunpcklqdq ymm6, ymm15, [r10+8192]
vpunpcklqdq ymm6, ymm15, [r10+8128]
vpunpcklqdq ymm6, ymm15, [rax+rcx*4]
vpunpcklqdq ymm6, ymm15, [rbp+r9*8]
vpunpcklqdq ymm6, ymm15, [r13+r12*1-64]
vpunpcklqdq ymm6, ymm15, [rdx+r15*2+100000]
vpunpcklqdq zmm0, zmm7, zmm9
vpunpcklqdq zmm0{k1}, zmm7, zmm9
vpunpcklqdq zmm0{k7}{z}, zmm7, zmm9
vpunpcklqdq zmm7, zmm9, zmm17
vpunpcklqdq zmm7{k1}, zmm9, zmm17
vpunpcklqdq zmm7{k7}{z}, zmm9, zmm17
vpunpcklqdq zmm9, zmm17, zmm31
vpunpcklqdq zmm9{k1}, zmm17, zmm31
vpunpcklqdq zmm9{k7}{z}, zmm17, zmm31
vpunpcklqdq zmm17, zmm31, zmm0
vpunpcklqdq zmm17{k1}, zmm31, zmm0
vpunpcklqdq zmm17{k7}{z}, zmm31, zmm0
vpunpcklqdq zmm31, zmm0, zmm7
vpunpcklqdq zmm31{k1}, zmm0, zmm7
vpunpcklqdq zmm31{k7}{z}, zmm0, zmm7
vpunpcklqdq zmm7, zmm17, [rax]
vpunpcklqdq zmm7, zmm17, [rbp]
vpunpcklqdq zmm7, zmm17, [rsp]
vpunpcklqdq zmm7, zmm17, [r12]
vpunpcklqdq zmm7, zmm17, [r13]
vpunpcklqdq zmm7, zmm17, [rsi+64]
vpunpcklqdq zmm7, zmm17, [rsi+4]
vpunpcklqdq zmm7, zmm17, [r9-128]
vpunpcklqdq zmm7, zmm17, [r9-132]
vpunpcklqdq zmm7, zmm17, [r10+127]
vpunpcklqdq zmm7, zmm17, [r10+8192]
vpunpcklqdq zmm7, zmm17, [r10+8128]
vpunpcklqdq zmm7, zmm17, [rax+rcx*4]
vpunpcklqdq zmm7, zmm17, [rbp+r9*8]
vpunpcklqdq zmm7, zmm17, [r13+r12*1-64]
vpunpcklqdq zmm7, zmm17, [rdx+r15*2+100000]
vpunpcklqdq zmm30{k3}, zmm2, [r8+128]
vpunpcklwd xmm1, xmm6, xmm10
vpunpcklwd xmm6, xmm10, xmm15
vpunpcklwd xmm10, xmm15, xmm1
vpunpcklwd xmm15, xmm1, xmm6
vpunpcklwd xmm6, xmm15, [rax]
vpunpcklwd xmm6, xmm15, [rbp]
vpunpcklwd xmm6, xmm15, [rsp]
vpunpcklwd xmm6, xmm15, [r12]
vpunpcklwd xmm6, xmm15, [r13]
vpunpcklwd xmm6, xmm15, [rsi+64]
vpunpcklwd xmm6, xmm15, [rsi+4]
vpunpcklwd xmm6, xmm15, [r9-128]
vpunpcklwd xmm6, xmm15, [r9-132]
vpunpcklwd xmm6, xmm15, [r10+127]
vpunpcklwd xmm6, xmm15, [r10+8192]
vpunpcklwd xmm6, xmm15, [r10+8128]
vpunpcklwd xmm6, xmm15, [rax+rcx*4]
vpunpcklwd xmm6, xmm15, [rbp+r9*8]
vpunpcklwd xmm6, xmm15, [r13+r12*1-64]
vpunpcklwd xmm6, xmm15, [rdx+r15*2+100000]
vpunpcklwd ymm1, ymm6, ymm10
vpunpcklwd ymm6, ymm10, ymm15
vpunpcklwd ymm10, ymm15, ymm1
vpunpcklwd ymm15, ymm1, ymm6
vpunpcklwd ymm6, ymm15, [rax]
vpunpcklwd ymm6, ymm15, [rbp]
vpunpcklwd ymm6, ymm15, [rsp]
vpunpcklwd ymm6, ymm15, [r12]
vpunpcklwd ymm6, ymm15, [r13]
vpunpcklwd ymm6, ymm15, [rsi+64]
vpunpcklwd ymm6, ymm15, [rsi+4]
vpunpcklwd ymm6, ymm15, [r9-128]
vpunpcklwd ymm6, ymm15, [r9-132]
vpunpcklwd ymm6, ymm15, [r10+127]
vpunpcklwd ymm6, ymm15, [r10+8192]
vpunpcklwd ymm6, ymm15, [r10+8128]
vpunpcklwd ymm6, ymm15, [rax+rcx*4]
vpunpcklwd ymm6, ymm15, [rbp+r9*8]
vpunpcklwd ymm6, ymm15, [r13+r12*1-64]
vpunpcklwd ymm6, ymm15, [rdx+r15*2+100000]
vpunpcklwd zmm0, zmm7, zmm9
vpunpcklwd zmm0{k1}, zmm7, zmm9
vpunpcklwd zmm0{k7}{z}, zmm7, zmm9
vpunpcklwd zmm7, zmm9, zmm17
vpunpcklwd zmm7{k1}, zmm9, zmm17
vpunpcklwd zmm7{k7}{z}, zmm9, zmm17
vpunpcklwd zmm9, zmm17, zmm31
vpunpcklwd zmm9{k1}, zmm17, zmm31
vpunpcklwd zmm9{k7}{z}, zmm17, zmm31
vpunpcklwd zmm17, zmm31, zmm0
vpunpcklwd zmm17{k1}, zmm31, zmm0
vpunpcklwd zmm17{k7}{z}, zmm31, zmm0
vpunpcklwd zmm31, zmm0, zmm7
vpunpcklwd zmm31{k1}, zmm0, zmm7
vpunpcklwd zmm31{k7}{z}, zmm0, zmm7
vpunpcklwd zmm7, zmm17, [rax]
vpunpcklwd zmm7, zmm17, [rbp]
vpunpcklwd zmm7, zmm17, [rsp]
vpunpcklwd zmm7, zmm17, [r12]
vpunpcklwd zmm7, zmm17, [r13]
vpunpcklwd zmm7, zmm17, [rsi+64]
vpunpcklwd zmm7, zmm17, [rsi+4]
vpunpcklwd zmm7, zmm17, [r9-128]
vpunpcklwd zmm7, zmm17, [r9-132]
vpunpcklwd zmm7, zmm17, [r10+127]
vpunpcklwd zmm7, zmm17, [r10+8192]
vpunpcklwd zmm7, zmm17, [r10+8128]
vpunpcklwd zmm7, zmm17, [rax+rcx*4]
vpunpcklwd zmm7, zmm17, [rbp+r9*8]
vpunpcklwd zmm7, zmm17, [r13+r12*1-64]
vpunpcklwd zmm7, zmm17, [rdx+r15*2+100000]
vpunpcklwd zmm30{k3}, zmm2, [r8+128]
vpunpckhwd xmm1, xmm6, xmm10
vpunpckhwd xmm6, xmm10, xmm15
vpunpckhwd xmm10, xmm15, xmm1
vpunpckhwd xmm15, xmm1, xmm6
vpunpckhwd xmm6, xmm15, [rax]
vpunpckhwd xmm6, xmm15, [rbp]
vpunpckhwd xmm6, xmm15, [rsp]
vpunpckhwd xmm6, xmm15, [r12]
vpunpckhwd xmm6, xmm15, [r13]
vpunpckhwd xmm6, xmm15, [rsi+64]
vpunpckhwd xmm6, xmm15, [rsi+4]
vpunpckhwd xmm6, xmm15, [r9-128]
vpunpckhwd xmm6, xmm15, [r9-132]
vpunpckhwd xmm6, xmm15, [r10+127]
vpunpckhwd xmm6, xmm15, [r10+8192]
vpunpckhwd xmm6, xmm15, [r10+8128]
vpunpckhwd xmm6, xmm15, [rax+rcx*4]
vpunpckhwd xmm6, xmm15, [rbp+r9*8]
vpunpckhwd xmm6, xmm15, [r13+r12*1-64]
vpunpckhwd xmm6, xmm15, [rdx+r15*2+100000]
vpunpckhwd ymm1, ymm6, ymm10
vpunpckhwd ymm6, ymm10, ymm15
vpunpckhwd ymm10, ymm15, ymm1
vpunpckhwd ymm15, ymm1, ymm6
vpunpckhwd ymm6, ymm15, [rax]
vpunpckhwd ymm6, ymm15, [rbp]
vpunpckhwd ymm6, ymm15, [rsp]
vpunpckhwd ymm6, ymm15, [r12]
vpunpckhwd ymm6, ymm15, [r13]
vpunpckhwd ymm6, ymm15, [rsi+64]
vpunpckhwd ymm6, ymm15, [rsi+4]
vpunpckhwd ymm6, ymm15, [r9-128]
vpunpckhwd ymm6, ymm15, [r9-132]
vpunpckhwd ymm6, ymm15, [r10+127]
vpunpckhwd ymm6, ymm15, [r10+8192]
vpunpckhwd ymm6, ymm15, [r10+8128]
vpunpckhwd ymm6, ymm15, [rax+rcx*4]
vpunpckhwd ymm6, ymm15, [rbp+r9*8]
vpunpckhwd ymm6, ymm15, [r13+r12*1-64]
vpunpckhwd ymm6, ymm15, [rdx+r15*2+100000]
vpunpckhwd zmm0, zmm7, zmm9
vpunpckhwd zmm0{k1}, zmm7, zmm9
vpunpckhwd zmm0{k7}{z}, zmm7, zmm9
vpunpckhwd zmm7, zmm9, zmm17
vpunpckhwd zmm7{k1}, zmm9, zmm17
vpunpckhwd zmm7{k7}{z}, zmm9, zmm17
vpunpckhwd zmm9, zmm17, zmm31
vpunpckhwd zmm9{k1}, zmm17, zmm31
vpunpckhwd zmm9{k7}{z}, zmm17, zmm31
vpunpckhwd zmm17, zmm31, zmm0
vpunpckhwd zmm17{k1}, zmm31, zmm0
vpunpckhwd zmm17{k7}{z}, zmm31, zmm0
vpunpckhwd zmm31, zmm0, zmm7
vpunpckhwd zmm31{k1}, zmm0, zmm7
vpunpckhwd zmm31{k7}{z}, zmm0, zmm7
vpunpckhwd zmm7, zmm17, [rax]
vpunpckhwd zmm7, zmm17, [rbp]
vpunpckhwd zmm7, zmm17, [rsp]
vpunpckhwd zmm7, zmm17, [r12]
vpunpckhwd zmm7, zmm17, [r13]
vpunpckhwd zmm7, zmm17, [rsi+64]
vpunpckhwd zmm7, zmm17, [rsi+4]
vpunpckhwd zmm7, zmm17, [r9-128]
vpunpckhwd zmm7, zmm17, [r9-132]
vpunpckhwd zmm7, zmm17, [r10+127]
vpunpckhwd zmm7, zmm17, [r10+8192]
vpunpckhwd zmm7, zmm17, [r10+8128]
vpunpckhwd zmm7, zmm17, [rax+rcx*4]
vpunpckhwd zmm7, zmm17, [rbp+r9*8]
vpunpckhwd zmm7, zmm17, [r13+r12*1-64]
vpunpckhwd zmm7, zmm17, [rdx+r15*2+100000]
vpunpckhwd zmm30{k3}, zmm2, [r8+128]
vperm2f128 ymm1, ymm6, ymm10, 1
vperm2f128 ymm6, ymm10, ymm15, 1
vperm2f128 ymm10, ymm15, ymm1, 1
vperm2f128 ymm15, ymm1, ymm6, 1
vperm2f128 ymm6, ymm15, [rax], 1
vperm2f128 ymm6, ymm15, [rbp], 1
vperm2f128 ymm6, ymm15, [rsp], 1
vperm2f128 ymm6, ymm15, [r12], 1
vperm2f128 ymm6, ymm15, [r13], 1
vperm2f128 ymm6, ymm15, [rsi+64], 1
vperm2f128 ymm6, ymm15, [rsi+4], 1
vperm2f128 ymm6, ymm15, [r9-128], 1
vperm2f128 ymm6, ymm15, [r9-132], 1
vperm2f128 ymm6, ymm15, [r10+127], 1
vperm2f128 ymm6, ymm15, [r10+8192], 1
vperm2f128 ymm6, ymm15, [r10+8128], 1
vperm2f128 ymm6, ymm15, [rax+rcx*4], 1
vperm2f128 ymm6, ymm15, [rbp+r9*8], 1
vperm2f128 ymm6, ymm15, [r13+r12*1-64], 1
vperm2f128 ymm6, ymm15, [rdx+r15*2+100000], 1
vshuff32x4 ymm1, ymm6, ymm10, 1
vshuff32x4 ymm6, ymm10, ymm15, 1
vshuff32x4 ymm10, ymm15, ymm1, 1
vshuff32x4 ymm15, ymm1, ymm6, 1
vshuff32x4 ymm6, ymm15, [rax], 1
vshuff32x4 ymm6, ymm15, [rbp], 1
vshuff32x4 ymm6, ymm15, [rsp], 1
vshuff32x4 ymm6, ymm15, [r12], 1
vshuff32x4 ymm6, ymm15, [r13], 1
vshuff32x4 ymm6, ymm15, [rsi+64], 1
vshuff32x4 ymm6, ymm15, [rsi+4], 1
vshuff32x4 ymm6, ymm15, [r9-128], 1
vshuff32x4 ymm6, ymm15, [r9-132], 1
vshuff32x4 ymm6, ymm15, [r10+127], 1
vshuff32x4 ymm6, ymm15, [r10+8192], 1
vshuff32x4 ymm6, ymm15, [r10+8128], 1
vshuff32x4 ymm6, ymm15, [rax+rcx*4], 1
vshuff32x4 ymm6, ymm15, [rbp+r9*8], 1
vshuff32x4 ymm6, ymm15, [r13+r12*1-64], 1
vshuff32x4 ymm6, ymm15, [rdx+r15*2+100000], 1
vshuff32x4 zmm0, zmm7, zmm9, 1
vshuff32x4 zmm0{k1}, zmm7, zmm9, 1
vshuff32x4 zmm0{k7}{z}, zmm7, zmm9, 1
vshuff32x4 zmm7, zmm9, zmm17, 1
vshuff32x4 zmm7{k1}, zmm9, zmm17, 1
vshuff32x4 zmm7{k7}{z}, zmm9, zmm17, 1
vshuff32x4 zmm9, zmm17, zmm31, 1
vshuff32x4 zmm9{k1}, zmm17, zmm31, 1
vshuff32x4 zmm9{k7}{z}, zmm17, zmm31, 1
vshuff32x4 zmm17, zmm31, zmm0, 1
vshuff32x4 zmm17{k1}, zmm31, zmm0, 1
vshuff32x4 zmm17{k7}{z}, zmm31, zmm0, 1
vshuff32x4 zmm31, zmm0, zmm7, 1
vshuff32x4 zmm31{k1}, zmm0, zmm7, 1
vshuff32x4 zmm31{k7}{z}, zmm0, zmm7, 1
vshuff32x4 zmm7, zmm17, [rax], 1
vshuff32x4 zmm7, zmm17, [rbp], 1
vshuff32x4 zmm7, zmm17, [rsp], 1
vshuff32x4 zmm7, zmm17, [r12], 1
vshuff32x4 zmm7, zmm17, [r13], 1
vshuff32x4 zmm7, zmm17, [rsi+64], 1
vshuff32x4 zmm7, zmm17, [rsi+4], 1
vshuff32x4 zmm7, zmm17, [r9-128], 1
vshuff32x4 zmm7, zmm17, [r9-132], 1
vshuff32x4 zmm7, zmm17, [r10+127], 1
vshuff32x4 zmm7, zmm17, [r10+8192], 1
vshuff32x4 zmm7, zmm17, [r10+8128], 1
vshuff32x4 zmm7, zmm17, [rax+rcx*4], 1
vshuff32x4 zmm7, zmm17, [rbp+r9*8], 1
vshuff32x4 zmm7, zmm17, [r13+r12*1-64], 1
vshuff32x4 zmm7, zmm17, [rdx+r15*2+100000], 1
vshuff32x4 zmm30{k3}, zmm2, [r8+128], 1
vshuff32x4 zmm30, zmm2, [r8+12]{1to16}, 1
vshuff32x4 zmm3, zmm2, [rsp+512]{1to16}, 1
vinsertf128 ymm1, ymm6, xmm10, 1
vinsertf128 ymm6, ymm10, xmm15, 1
vinsertf128 ymm10, ymm15, xmm1, 1
vinsertf128 ymm15, ymm1, xmm6, 1
vinsertf128 ymm6, ymm15, [rax], 1
vinsertf128 ymm6, ymm15, [rbp], 1
vinsertf128 ymm6, ymm15, [rsp], 1
vinsertf128 ymm6, ymm15, [r12], 1
vinsertf128 ymm6, ymm15, [r13], 1
vinsertf128 ymm6, ymm15, [rsi+64], 1
vinsertf128 ymm6, ymm15, [rsi+4], 1
vinsertf128 ymm6, ymm15, [r9-128], 1
vinsertf128 ymm6, ymm15, [r9-132], 1
vinsertf128 ymm6, ymm15, [r10+127], 1
vinsertf128 ymm6, ymm15, [r10+8192], 1
vinsertf128 ymm6, ymm15, [r10+8128], 1
vinsertf128 ymm6, ymm15, [rax+rcx*4], 1
vinsertf128 ymm6, ymm15, [rbp+r9*8], 1
vinsertf128 ymm6, ymm15, [r13+r12*1-64], 1
vinsertf128 ymm6, ymm15, [rdx+r15*2+100000], 1
vinserti128 ymm1, ymm6, xmm10, 1
vinserti128 ymm6, ymm10, xmm15, 1
vinserti128 ymm10, ymm15, xmm1, 1
vinserti128 ymm15, ymm1, xmm6, 1
vinserti128 ymm6, ymm15, [rax], 1
vinserti128 ymm6, ymm15, [rbp], 1
vinserti128 ymm6, ymm15, [rsp], 1
vinserti128 ymm6, ymm15, [r12], 1
vinserti128 ymm6, ymm15, [r13], 1
vinserti128 ymm6, ymm15, [rsi+64], 1
vinserti128 ymm6, ymm15, [rsi+4], 1
vinserti128 ymm6, ymm15, [r9-128], 1
vinserti128 ymm6, ymm15, [r9-132], 1
vinserti128 ymm6, ymm15, [r10+127], 1
vinserti128 ymm6, ymm15, [r10+8192], 1
vinserti128 ymm6, ymm15, [r10+8128], 1
vinserti128 ymm6, ymm15, [rax+rcx*4], 1
vinserti128 ymm6, ymm15, [rbp+r9*8], 1
vinserti128 ymm6, ymm15, [r13+r12*1-64], 1
vinserti128 ymm6, ymm15, [rdx+r15*2+100000], 1
vinserti32x4 ymm1, ymm6, xmm10, 1
vinserti32x4 ymm6, ymm10, xmm15, 1
vinserti32x4 ymm10, ymm15, xmm1, 1
vinserti32x4 ymm15, ymm1, xmm6, 1
vinserti32x4 ymm6, ymm15, [rax], 1
vinserti32x4 ymm6, ymm15, [rbp], 1
vinserti32x4 ymm6, ymm15, [rsp], 1
vinserti32x4 ymm6, ymm15, [r12], 1
vinserti32x4 ymm6, ymm15, [r13], 1
vinserti32x4 ymm6, ymm15, [rsi+64], 1
vinserti32x4 ymm6, ymm15, [rsi+4], 1
vinserti32x4 ymm6, ymm15, [r9-128], 1
vinserti32x4 ymm6, ymm15, [r9-132], 1
vinserti32x4 ymm6, ymm15, [r10+127], 1
vinserti32x4 ymm6, ymm15, [r10+8192], 1
vinserti32x4 ymm6, ymm15, [r10+8128], 1
vinserti32x4 ymm6, ymm15, [rax+rcx*4], 1
vinserti32x4 ymm6, ymm15, [rbp+r9*8], 1
vinserti32x4 ymm6, ymm15, [r13+r12*1-64], 1
vinserti32x4 ymm6, ymm15, [rdx+r15*2+100000], 1
vinserti32x4 zmm0, zmm7, xmm9, 1
vinserti32x4 zmm0{k1}, zmm7, xmm9, 1
vinserti32x4 zmm0{k7}{z}, zmm7, xmm9, 1
vinserti32x4 zmm7, zmm9, xmm17, 1
vinserti32x4 zmm7{k1}, zmm9, xmm17, 1
vinserti32x4 zmm7{k7}{z}, zmm9, xmm17, 1
vinserti32x4 zmm9, zmm17, xmm31, 1
vinserti32x4 zmm9{k1}, zmm17, xmm31, 1
vinserti32x4 zmm9{k7}{z}, zmm17, xmm31, 1
vinserti32x4 zmm17, zmm31, xmm0, 1
vinserti32x4 zmm17{k1}, zmm31, xmm0, 1
vinserti32x4 zmm17{k7}{z}, zmm31, xmm0, 1
vinserti32x4 zmm31, zmm0, xmm7, 1
vinserti32x4 zmm31{k1}, zmm0, xmm7, 1
vinserti32x4 zmm31{k7}{z}, zmm0, xmm7, 1
vinserti32x4 zmm7, zmm17, [rax], 1
vinserti32x4 zmm7, zmm17, [rbp], 1
vinserti32x4 zmm7, zmm17, [rsp], 1
vinserti32x4 zmm7, zmm17, [r12], 1
vinserti32x4 zmm7, zmm17, [r13], 1
vinserti32x4 zmm7, zmm17, [rsi+64], 1
vinserti32x4 zmm7, zmm17, [rsi+4], 1
vinserti32x4 zmm7, zmm17, [r9-128], 1
vinserti32x4 zmm7, zmm17, [r9-132], 1
vinserti32x4 zmm7, zmm17, [r10+127], 1
vinserti32x4 zmm7, zmm17, [r10+8192], 1
vinserti32x4 zmm7, zmm17, [r10+8128], 1
vinserti32x4 zmm7, zmm17, [rax+rcx*4], 1
vinserti32x4 zmm7, zmm17, [rbp+r9*8], 1
vinserti32x4 zmm7, zmm17, [r13+r12*1-64], 1
vinserti32x4 zmm7, zmm17, [rdx+r15*2+100000], 1
vinserti32x4 zmm30{k3}, zmm2, [r8+128], 1
vinserti64x4 zmm0, zmm7, ymm9, 1
vinserti64x4 zmm0{k1}, zmm7, ymm9, 1
vinserti64x4 zmm0{k7}{z}, zmm7, ymm9, 1
vinserti64x4 zmm7, zmm9, ymm17, 1
vinserti64x4 zmm7{k1}, zmm9, ymm17, 1
vinserti64x4 zmm7{k7}{z}, zmm9, ymm17, 1
vinserti64x4 zmm9, zmm17, ymm31, 1
vinserti64x4 zmm9{k1}, zmm17, ymm31, 1
vinserti64x4 zmm9{k7}{z}, zmm17, ymm31, 1
vinserti64x4 zmm17, zmm31, ymm0, 1
vinserti64x4 zmm17{k1}, zmm31, ymm0, 1
vinserti64x4 zmm17{k7}{z}, zmm31, ymm0, 1
vinserti64x4 zmm31, zmm0, ymm7, 1
vinserti64x4 zmm31{k1}, zmm0, ymm7, 1
vinserti64x4 zmm31{k7}{z}, zmm0, ymm7, 1
vinserti64x4 zmm7, zmm17, [rax], 1
vinserti64x4 zmm7, zmm17, [rbp], 1
vinserti64x4 zmm7, zmm17, [rsp], 1
vinserti64x4 zmm7, zmm17, [r12], 1
vinserti64x4 zmm7, zmm17, [r13], 1
vinserti64x4 zmm7, zmm17, [rsi+64], 1
vinserti64x4 zmm7, zmm17, [rsi+4], 1
vinserti64x4 zmm7, zmm17, [r9-128], 1
vinserti64x4 zmm7, zmm17, [r9-132], 1
vinserti64x4 zmm7, zmm17, [r10+127], 1
vinserti64x4 zmm7, zmm17, [r10+8192], 1
vinserti64x4 zmm7, zmm17, [r10+8128], 1
vinserti64x4 zmm7, zmm17, [rax+rcx*4], 1
vinserti64x4 zmm7, zmm17, [rbp+r9*8], 1
vinserti64x4 zmm7, zmm17, [r13+r12*1-64], 1
vinserti64x4 zmm7, zmm17, [rdx+r15*2+100000], 1
vinserti64x4 zmm30{k3}, zmm2, [r8+128], 1
vextractf128 xmm10, ymm1, 1
vextractf128 xmm15, ymm6, 1
vextractf128 xmm1, ymm10, 1
vextractf128 xmm6, ymm15, 1
vextractf128 [rax], ymm6, 1
vextractf128 [rbp], ymm6, 1
vextractf128 [rsp], ymm6, 1
vextractf128 [r12], ymm6, 1
vextractf128 [r13], ymm6, 1
vextractf128 [rsi+64], ymm6, 1
vextractf128 [rsi+4], ymm6, 1
vextractf128 [r9-128], ymm6, 1
vextractf128 [r9-132], ymm6, 1
vextractf128 [r10+127], ymm6, 1
vextractf128 [r10+8192], ymm6, 1
vextractf128 [r10+8128], ymm6, 1
vextractf128 [rax+rcx*4], ymm6, 1
vextractf128 [rbp+r9*8], ymm6, 1
vextractf128 [r13+r12*1-64], ymm6, 1
vextractf128 [rdx+r15*2+100000], ymm6, 1
vextractf64x4 ymm9, zmm0, 1
vextractf64x4 ymm9{k1}, zmm0, 1
vextractf64x4 ymm17, zmm7, 1
vextractf64x4 ymm17{k1}, zmm7, 1
vextractf64x4 ymm31, zmm9, 1
vextractf64x4 ymm31{k1}, zmm9, 1
vextractf64x4 ymm0, zmm17, 1
vextractf64x4 ymm0{k1}, zmm17, 1
vextractf64x4 ymm7, zmm31, 1
vextractf64x4 ymm7{k1}, zmm31, 1
vextractf64x4 [rax], zmm7, 1
vextractf64x4 [rbp], zmm7, 1
vextractf64x4 [rsp], zmm7, 1
vextractf64x4 [r12], zmm7, 1
vextractf64x4 [r13], zmm7, 1
vextractf64x4 [rsi+64], zmm7, 1
vextractf64x4 [rsi+4], zmm7, 1
vextractf64x4 [r9-128], zmm7, 1
vextractf64x4 [r9-132], zmm7, 1
vextractf64x4 [r10+127], zmm7, 1
vextractf64x4 [r10+8192], zmm7, 1
vextractf64x4 [r10+8128], zmm7, 1
vextractf64x4 [rax+rcx*4], zmm7, 1
vextractf64x4 [rbp+r9*8], zmm7, 1
vextractf64x4 [r13+r12*1-64], zmm7, 1
vextractf64x4 [rdx+r15*2+100000], zmm7, 1
vextractf64x4 [r8+128]{k3}, zmm30, 1
