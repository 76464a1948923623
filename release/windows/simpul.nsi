; Installer of Simpul for one account of Windows: no administrator, data apart from the program, kept when it goes.
; Called by package.sh with VERSION, FILES (what is installed) and MADE (the installer).
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include LogicLib.nsh
!include Sections.nsh
!include FileFunc.nsh

Name "Simpul"
OutFile "${MADE}"
InstallDir "$LOCALAPPDATA\Programs\Simpul"
InstallDirRegKey HKCU "Software\Simpul" "Folder"
BrandingText "Simpul ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Simpul"
!define MENU "$SMPROGRAMS\Simpul.lnk"
!define START_UP "$SMSTARTUP\Simpul.lnk"

VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Simpul"
VIAddVersionKey FileDescription "Pemasang Simpul"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "The Simpul authors, MIT"

!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "Simpul membaca rekap Excel pembinaan jaringan dan jejaring Puskesmas, dan menampilkannya \
di peramban komputer ini. Internet tidak diperlukan.$\r$\n$\r$\nDipasang untuk akun Windows ini saja; hak administrator \
tidak diperlukan."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "Simpul ada di menu Start. Data disimpan di $LOCALAPPDATA\Simpul, atau di folder yang Anda \
pilih di halaman pertama."
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Buka Simpul sekarang"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenNow
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Program Simpul dihapus dari akun ini. Data Anda tidak disentuh."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"

; A running program cannot be replaced: asks to close it, and gives up where nobody can be asked.
!macro RefuseWhileRunning prefix
Function ${prefix}RefuseWhileRunning
  again:
  ${IfNot} ${FileExists} "$INSTDIR\simpul.exe"
    Return
  ${EndIf}
  ClearErrors
  FileOpen $0 "$INSTDIR\simpul.exe" a
  ${IfNot} ${Errors}
    FileClose $0
    Return
  ${EndIf}
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Simpul sedang berjalan. Tutup jendelanya, lalu coba lagi." \
    /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Quit
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

Section "Simpul" Program
  SectionIn RO
  Call RefuseWhileRunning
  SetOutPath "$INSTDIR"
  File "${FILES}\*.*"
  WriteUninstaller "$INSTDIR\hapus-simpul.exe"
  CreateShortCut "${MENU}" "$INSTDIR\simpul.exe" "serve --open" "$INSTDIR\simpul.exe" 0 SW_SHOWMINIMIZED
  WriteRegStr HKCU "Software\Simpul" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Simpul"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Simpul authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\hapus-simpul.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\hapus-simpul.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section /o "Jalan sendiri ketika Windows mulai" StartUp
SectionEnd

; What is not ticked goes, so that installing again is how it is changed.
Section -StartUpLink
  ${If} ${SectionIsSelected} ${StartUp}
    CreateShortCut "${START_UP}" "$INSTDIR\simpul.exe" "serve" "$INSTDIR\simpul.exe" 0 SW_SHOWMINIMIZED
  ${Else}
    Delete "${START_UP}"
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${Program} "Program, panduan, dan menu Start."
  !insertmacro MUI_DESCRIPTION_TEXT ${StartUp} "Simpul sudah siap begitu Anda masuk ke Windows; pekerjaan terjadwal jalan."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  ; /MULAI: starts with Windows, for installing without questions (/S). A former choice holds.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/MULAI" $1
  ${IfNot} ${Errors}
  ${OrIf} ${FileExists} "${START_UP}"
    !insertmacro SelectSection ${StartUp}
  ${EndIf}
FunctionEnd

Function OpenNow
  ExecShell "open" "${MENU}"
FunctionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  Delete "${MENU}"
  Delete "${START_UP}"
  Delete "$INSTDIR\simpul.exe"
  Delete "$INSTDIR\BACA-DULU.txt"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
  Delete "$INSTDIR\panduan.md"
  Delete "$INSTDIR\CHANGELOG.md"
  Delete "$INSTDIR\simpul.cdx.json"
  Delete "$INSTDIR\hapus-simpul.exe"
  ; Only where nothing else lies there.
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Simpul"
  MessageBox MB_OK|MB_ICONINFORMATION "Simpul sudah dihapus. Data Anda tetap ada di $LOCALAPPDATA\Simpul atau di folder \
yang Anda pilih." /SD IDOK
SectionEnd
