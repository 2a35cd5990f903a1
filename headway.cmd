@echo off
rem Runs Headway on Windows. The first call builds it; so does a call after "rmdir /s .headway".
setlocal EnableExtensions EnableDelayedExpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "FOUND="
if defined HEADWAY_JAVA_HOME (
  call :fits "%HEADWAY_JAVA_HOME%"
  if not defined FOUND (
    echo headway: HEADWAY_JAVA_HOME=%HEADWAY_JAVA_HOME% is not a JDK 25 or later 1>&2
    exit /b 1
  )
)
if not defined FOUND if defined JAVA_HOME call :fits "%JAVA_HOME%"
if not defined FOUND for /f "delims=" %%J in ('where java 2^>nul') do if not defined FOUND call :fits "%%~dpJ.."
for %%D in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%USERPROFILE%\.jdks") do (
  if not defined FOUND if exist %%D for /d %%J in ("%%~D\*") do if not defined FOUND call :fits "%%~J"
)
if not defined FOUND (
  echo headway: no JDK 25 found; install one ^(for example from https://adoptium.net^), or set HEADWAY_JAVA_HOME to its folder 1>&2
  exit /b 1
)
set "JAVA_HOME=%FOUND%"
set "APP=%ROOT%\.headway\app\windows"
set "FLAGS=-XX:+UseSerialGC -Xms64m --enable-native-access=headway.kernels,headway.io,ai.djl.tokenizers,dev.hardwood.core,org.jline.nativ,ALL-UNNAMED"
if not exist "%APP%\complete" call :build || exit /b 1
set "VECTOR="
if exist "%APP%\vector" set "VECTOR=--add-modules=jdk.incubator.vector"
if /i "%HEADWAY_KERNELS%"=="vector" set "VECTOR=--add-modules=jdk.incubator.vector"
rem See ./headway for the reason.
set "PLACE="
if exist "%APP%\place" set /p PLACE=<"%APP%\place"
set "AOT=%APP%\none.aot"
if "%PLACE%"=="%ROOT%" set "AOT=%APP%\headway.aot"
"%JAVA_HOME%\bin\java.exe" %FLAGS% %VECTOR% -XX:AOTCache="%AOT%" -XX:AOTMode=auto -Xlog:disable -Xlog:all=error,aot*=off,cds*=off:stderr -Dheadway.root="%~dp0." %HEADWAY_JAVA_OPTIONS% -cp "%APP%\classpath\*" -p "%APP%\modules" -m headway.cli/headway.cli.Headway %*
exit /b %ERRORLEVEL%

:fits
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "VERSION=%%~V"
for /f "tokens=1 delims=.-+" %%M in ("!VERSION!") do if %%M GEQ 25 set "FOUND=%~1"
exit /b 0

:build
echo headway: building; this happens on the first call 1>&2
if not exist "%ROOT%\.headway" mkdir "%ROOT%\.headway"
call "%ROOT%\mvnw.cmd" -f "%ROOT%\pom.xml" -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package > "%ROOT%\.headway\build.log" 2>&1
if errorlevel 1 (
  echo headway: the build failed; its whole output is in %ROOT%\.headway\build.log 1>&2
  exit /b 1
)
if exist "%APP%" rmdir /s /q "%APP%"
mkdir "%APP%\modules" "%APP%\classpath"
copy /y "%ROOT%\cli\target\lib\*.jar" "%APP%\modules" > nul
copy /y "%ROOT%\cli\target\headway-cli-*.jar" "%APP%\modules" > nul
rem See ./headway for the reason.
for %%P in (api-0*.jar common-*.jar commons-*.jar imageio-*.jar gson-*.jar error_prone_*.jar jna-*.jar slf4j-*.jar snappy-*.jar zstd-*.jar) do move /y "%APP%\modules\%%P" "%APP%\classpath" > nul
"%JAVA_HOME%\bin\java.exe" %FLAGS% -XX:AOTCacheOutput="%APP%\headway.aot" -Dheadway.rehearse=true -Dheadway.root="%~dp0." -cp "%APP%\classpath\*" -p "%APP%\modules" -m headway.cli/headway.cli.Headway > "%ROOT%\.headway\aot.log" 2>&1
findstr /b /c:"kernels: native" "%ROOT%\.headway\aot.log" > nul || echo yes> "%APP%\vector"
>"%APP%\place" echo %ROOT%
echo done> "%APP%\complete"
exit /b 0
